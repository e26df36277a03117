package dev.cubit.products;

import dev.cubit.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The database that keys go to. A change is taken in only where nothing newer is known of the name,
 * so that all here can be done twice; and its count of changes is lifted to that of the source, so
 * that what is written here later is newer than all that came.
 */
final class Arrivals {
  private static final String LIFT =
      "UPDATE change_count SET changes = CASE WHEN changes < ? THEN ? ELSE changes END WHERE id ="
          + " 1";

  private static final String STORE =
      """
      INSERT INTO product (name, amount, currency, stock, version)
      SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM removal WHERE name = ? AND version >= ?)
      ON CONFLICT (name) DO UPDATE SET amount = excluded.amount, currency = excluded.currency,
        stock = excluded.stock, version = excluded.version
        WHERE product.version < excluded.version
      """;

  private static final String REMEMBER =
      """
      INSERT INTO removal (name, version)
      SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM product WHERE name = ? AND version > ?)
      ON CONFLICT (name) DO UPDATE SET version = excluded.version
        WHERE removal.version < excluded.version
      """;

  private static final String SAVE =
      """
      INSERT INTO arrival (source, key_range, position, state) VALUES (?, ?, ?, ?)
      ON CONFLICT (source, key_range) DO UPDATE SET position = excluded.position,
        state = excluded.state
      """;

  private static final String KNOWN =
      """
      SELECT 1 FROM product WHERE name = ? AND version >= ?
      UNION ALL SELECT 1 FROM removal WHERE name = ? AND version >= ?
      """;

  private final Database database;

  Arrivals(Database database) {
    this.database = database;
  }

  Optional<Arrival> find(String source, String range) throws SQLException {
    return database.read(
        connection -> {
          try (var query =
              connection.prepareStatement(
                  "SELECT position, state FROM arrival WHERE source = ? AND key_range = ?")) {
            query.setString(1, source);
            query.setString(2, range);
            try (var row = query.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Arrival(
                          source, range, row.getLong(1), Arrival.State.of(row.getString(2))))
                  : Optional.empty();
            }
          }
        });
  }

  /** Takes changes in, and remembers how far that is. */
  void take(List<Change> changes, long lastChange, Arrival arrival) throws SQLException {
    database.write(
        connection -> {
          lift(connection, lastChange);
          try (var store = connection.prepareStatement(STORE);
              var forget =
                  connection.prepareStatement(
                      "DELETE FROM removal WHERE name = ? AND version < ?");
              var delete =
                  connection.prepareStatement(
                      "DELETE FROM product WHERE name = ? AND version <= ?");
              var remember = connection.prepareStatement(REMEMBER)) {
            for (var change : changes) {
              switch (change) {
                case Change.Stored(var product) -> {
                  Catalogue.fill(store, product);
                  run(store, 6, product.name(), product.version());
                  run(forget, 1, product.name(), product.version());
                }
                case Change.Removed(var name, var version) -> {
                  run(delete, 1, name, version);
                  remember.setString(3, name);
                  remember.setLong(4, version);
                  run(remember, 1, name, version);
                }
              }
            }
          }
          save(connection, arrival);
          return changes.size();
        });
  }

  /** Whether this state of the product, or something newer, has arrived. */
  boolean knows(Product product) throws SQLException {
    return database.read(
        connection -> {
          try (var query = connection.prepareStatement(KNOWN)) {
            query.setString(1, product.name());
            query.setLong(2, product.version());
            query.setString(3, product.name());
            query.setLong(4, product.version());
            return query.executeQuery().next();
          }
        });
  }

  /** The move is over. */
  void forget(Arrival arrival) throws SQLException {
    database.write(
        connection -> {
          try (var delete =
              connection.prepareStatement(
                  "DELETE FROM arrival WHERE source = ? AND key_range = ?")) {
            delete.setString(1, arrival.source());
            delete.setString(2, arrival.range());
            return delete.executeUpdate();
          }
        });
  }

  private static void lift(Connection connection, long lastChange) throws SQLException {
    try (var lift = connection.prepareStatement(LIFT)) {
      lift.setLong(1, lastChange);
      lift.setLong(2, lastChange);
      lift.executeUpdate();
    }
  }

  private static void save(Connection connection, Arrival arrival) throws SQLException {
    try (var save = connection.prepareStatement(SAVE)) {
      save.setString(1, arrival.source());
      save.setString(2, arrival.range());
      save.setLong(3, arrival.position());
      save.setString(4, arrival.state().word());
      save.executeUpdate();
    }
  }

  private static void run(PreparedStatement statement, int at, String name, long version)
      throws SQLException {
    statement.setString(at, name);
    statement.setLong(at + 1, version);
    statement.executeUpdate();
  }
}
