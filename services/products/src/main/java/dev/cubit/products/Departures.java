package dev.cubit.products;

import dev.cubit.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The database that keys are leaving: what is in it, and what has changed there. */
final class Departures {
  /** In one query, so that what is seen of both tables is of one moment. */
  private static final String CHANGES =
      """
      SELECT name, amount, currency, stock, version, 0 FROM product WHERE version > ? AND version <= ?
      UNION ALL
      SELECT name, 0, '', 0, version, 1 FROM removal WHERE version > ? AND version <= ?
      ORDER BY 5 LIMIT ?
      """;

  private final Database database;
  private final Catalogue catalogue;

  Departures(Database database) {
    this.database = database;
    catalogue = new Catalogue(database);
  }

  String identity() throws SQLException {
    return ofState("SELECT identity FROM change_count", row -> row.getString(1));
  }

  /** The number of the last change; all up to it can be seen. */
  long lastChange() throws SQLException {
    return ofState("SELECT changes FROM change_count", row -> row.getLong(1));
  }

  @FunctionalInterface
  private interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> T ofState(String sql, Column<T> column) throws SQLException {
    return database.read(
        connection -> {
          try (var query = connection.prepareStatement(sql);
              var row = query.executeQuery()) {
            row.next();
            return column.of(row);
          }
        });
  }

  /** The next products by name. */
  List<Product> page(String after, int limit) throws SQLException {
    return catalogue.page(after, "", limit);
  }

  /**
   * The next changes by number.
   *
   * @param last no later ones
   */
  List<Change> changes(long after, long last, int limit) throws SQLException {
    return database.read(
        connection -> {
          try (var query = connection.prepareStatement(CHANGES)) {
            query.setLong(1, after);
            query.setLong(2, last);
            query.setLong(3, after);
            query.setLong(4, last);
            query.setInt(5, limit);
            var changes = new ArrayList<Change>();
            try (var rows = query.executeQuery()) {
              while (rows.next()) {
                var product = Catalogue.read(rows);
                changes.add(
                    rows.getInt(6) == 0
                        ? new Change.Stored(product)
                        : new Change.Removed(product.name(), product.version()));
              }
            }
            return changes;
          }
        });
  }

  /** Removes them, as far as they are still the same; nobody is told, as they are elsewhere now. */
  int remove(List<Product> products) throws SQLException {
    return database.write(
        connection -> {
          try (var delete =
              connection.prepareStatement("DELETE FROM product WHERE name = ? AND version = ?")) {
            int removed = 0;
            for (var product : products) {
              delete.setString(1, product.name());
              delete.setLong(2, product.version());
              removed += delete.executeUpdate();
            }
            return removed;
          }
        });
  }

  /** Forgets that products of the range have ever been removed here. */
  void forget(KeyRange range) throws SQLException {
    var names =
        changes(0, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
            .filter(Change.Removed.class::isInstance)
            .map(Change::name)
            .filter(range::contains)
            .toList();
    database.write(
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM removal WHERE name = ?")) {
            for (var name : names) {
              delete.setString(1, name);
              delete.executeUpdate();
            }
            return names.size();
          }
        });
  }
}
