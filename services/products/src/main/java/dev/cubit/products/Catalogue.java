package dev.cubit.products;

import dev.cubit.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The products in the database.
 *
 * <p>Every change has a number, one more than the last. The number is taken by an update of the one
 * row that has it, which whoever writes next has to wait for; so changes are committed in the order
 * of their numbers, and a reader that has seen number n has seen all before it. This is what lets
 * {@link Mover} follow a database in use. It also makes writes of one database take turns: more of
 * them at the same time are what partitions are for.
 */
final class Catalogue {
  static final String COLUMNS = "name, amount, currency, stock, version";

  private static final String UPSERT =
      """
      INSERT INTO product (name, amount, currency, stock, version) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET amount = excluded.amount, currency = excluded.currency,
        stock = excluded.stock, version = excluded.version
      """;

  /** What becomes of a product. */
  @FunctionalInterface
  interface Decision {
    /**
     * Decides, inside of the transaction.
     *
     * @param current what it is now; empty if there is none
     * @return what it is to be; empty to remove it
     * @throws dev.cubit.server.ProblemException to leave everything as it is
     */
    Optional<Product.Details> from(Optional<Product> current);
  }

  /**
   * What a change did.
   *
   * @param created whether there was no product before
   * @param product empty if it has been removed
   */
  record Changed(boolean created, Optional<Product> product) {}

  private final Database database;

  Catalogue(Database database) {
    this.database = database;
  }

  Optional<Product> find(String name) throws SQLException {
    return database.read(connection -> find(connection, name));
  }

  /**
   * A page in the order of names, by code point.
   *
   * @param after only names behind this one; empty for the first page
   * @param prefix only names that begin with it
   */
  List<Product> page(String after, String prefix, int limit) throws SQLException {
    return database.read(
        connection -> {
          try (var query =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + " FROM product WHERE name > ? AND name >= ? ORDER BY name LIMIT ?")) {
            query.setString(1, after);
            query.setString(2, prefix);
            query.setInt(3, limit);
            return whileIn(query, prefix);
          }
        });
  }

  Changed change(String name, Decision decision) throws SQLException {
    return database.write(
        connection -> {
          long version = nextChange(connection);
          var current = find(connection, name);
          var wanted = decision.from(current);
          if (wanted.isEmpty()) {
            remove(connection, name, version);
            return new Changed(false, Optional.empty());
          }
          var product = new Product(name, wanted.get(), version);
          store(connection, product);
          return new Changed(current.isEmpty(), Optional.of(product));
        });
  }

  static Product read(ResultSet row) throws SQLException {
    var details = new Product.Details(row.getLong(2), row.getString(3), row.getLong(4));
    return new Product(row.getString(1), details, row.getLong(5));
  }

  static void fill(PreparedStatement statement, Product product) throws SQLException {
    statement.setString(1, product.name());
    statement.setLong(2, product.details().amount());
    statement.setString(3, product.details().currency());
    statement.setLong(4, product.details().stock());
    statement.setLong(5, product.version());
  }

  /** All with a prefix stand side by side, from the prefix itself on. */
  private static List<Product> whileIn(PreparedStatement query, String prefix) throws SQLException {
    var products = new ArrayList<Product>();
    try (var rows = query.executeQuery()) {
      while (rows.next()) {
        var product = read(rows);
        if (!product.name().startsWith(prefix)) {
          break;
        }
        products.add(product);
      }
    }
    return products;
  }

  private static Optional<Product> find(Connection connection, String name) throws SQLException {
    try (var query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM product WHERE name = ?")) {
      query.setString(1, name);
      try (var rows = query.executeQuery()) {
        return rows.next() ? Optional.of(read(rows)) : Optional.empty();
      }
    }
  }

  private static long nextChange(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE change_count SET changes = changes + 1 WHERE id = 1");
      try (var row = statement.executeQuery("SELECT changes FROM change_count WHERE id = 1")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void store(Connection connection, Product product) throws SQLException {
    try (var upsert = connection.prepareStatement(UPSERT);
        var forget = connection.prepareStatement("DELETE FROM removal WHERE name = ?")) {
      fill(upsert, product);
      upsert.executeUpdate();
      forget.setString(1, product.name());
      forget.executeUpdate();
    }
  }

  private static void remove(Connection connection, String name, long version) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM product WHERE name = ?");
        var remember =
            connection.prepareStatement("INSERT INTO removal (name, version) VALUES (?, ?)")) {
      delete.setString(1, name);
      if (delete.executeUpdate() > 0) {
        remember.setString(1, name);
        remember.setLong(2, version);
        remember.executeUpdate();
      }
    }
  }
}
