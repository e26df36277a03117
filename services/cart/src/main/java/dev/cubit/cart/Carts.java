package dev.cubit.cart;

import dev.cubit.server.ProblemException;
import dev.cubit.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The carts in the database. Every change of a cart takes the lock of its row first, so that two of
 * one cart come one after the other, whichever clones they come by.
 */
final class Carts {
  private static final int MOST_ITEMS = 100;

  /** What became of an attempt to buy. */
  sealed interface Outcome {
    /** It is done now. */
    record Bought() implements Outcome {}

    /** It had been done before. */
    record Before(Purchase purchase) implements Outcome {}

    /** The cart is not what it was. */
    record Changed() implements Outcome {}
  }

  private final Database database;

  Carts(Database database) {
    this.database = database;
  }

  /** The revision and the items are of one moment: they are read by one query. */
  Contents contents(String customer) throws SQLException {
    return database.read(
        connection -> {
          try (var query =
              connection.prepareStatement(
                  """
                  SELECT cart.revision, cart_item.product, cart_item.quantity FROM cart
                  LEFT JOIN cart_item ON cart_item.customer = cart.customer
                  WHERE cart.customer = ? ORDER BY cart_item.product
                  """)) {
            query.setString(1, customer);
            long revision = 0;
            var items = new ArrayList<Item>();
            try (var rows = query.executeQuery()) {
              while (rows.next()) {
                revision = rows.getLong(1);
                var product = Optional.ofNullable(rows.getString(2));
                if (product.isPresent()) {
                  items.add(new Item(product.get(), rows.getLong(3)));
                }
              }
            }
            return new Contents(revision, items);
          }
        });
  }

  /**
   * Puts an item in, or sets how many of it.
   *
   * @return whether it was not there before
   * @throws ProblemException if the cart is full
   */
  boolean put(String customer, Item item) throws SQLException {
    return database.write(
        connection -> {
          touch(connection, customer);
          int there =
              count(connection, "SELECT count(*) FROM cart_item WHERE customer = ?", customer);
          int same =
              count(
                  connection,
                  "SELECT count(*) FROM cart_item WHERE customer = ? AND product = ?",
                  customer,
                  item.product());
          if (same == 0 && there >= MOST_ITEMS) {
            throw ProblemException.of(
                409, "the cart is full; it may have " + MOST_ITEMS + " different products");
          }
          try (var upsert =
              connection.prepareStatement(
                  """
                  INSERT INTO cart_item (customer, product, quantity) VALUES (?, ?, ?)
                  ON CONFLICT (customer, product) DO UPDATE SET quantity = excluded.quantity
                  """)) {
            fill(upsert, customer, item.product());
            upsert.setLong(3, item.quantity());
            upsert.executeUpdate();
          }
          return same == 0;
        });
  }

  /** Whether there was one to take out. */
  boolean remove(String customer, String product) throws SQLException {
    return database.write(
        connection -> {
          touch(connection, customer);
          return update(
                  connection,
                  "DELETE FROM cart_item WHERE customer = ? AND product = ?",
                  customer,
                  product)
              > 0;
        });
  }

  Optional<Purchase> purchase(String key) throws SQLException {
    return database.read(connection -> purchase(connection, key));
  }

  /**
   * Buys a cart and empties it, if it is still what it was, and unless its key has been used.
   *
   * @param revision of the cart that the purchase was made from
   */
  Outcome buy(Purchase purchase, long revision) throws SQLException {
    return database.write(
        connection -> {
          // The lock first: a request of the same key may be just before its end.
          long now = touch(connection, purchase.customer());
          var before = purchase(connection, purchase.key());
          if (before.isPresent()) {
            return new Outcome.Before(before.get());
          }
          if (now != revision + 1) {
            return new Outcome.Changed();
          }
          int added =
              update(
                  connection,
                  """
                  INSERT INTO purchase (idempotency_key, customer, request, items, answer)
                  VALUES (?, ?, ?, ?, ?) ON CONFLICT (idempotency_key) DO NOTHING
                  """,
                  purchase.key(),
                  purchase.customer(),
                  purchase.request(),
                  purchase.items(),
                  purchase.answer());
          if (added == 0) {
            // Another customer's request with this key has won: it is told when asked again.
            return new Outcome.Changed();
          }
          update(connection, "DELETE FROM cart_item WHERE customer = ?", purchase.customer());
          return new Outcome.Bought();
        });
  }

  private static Optional<Purchase> purchase(Connection connection, String key)
      throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            SELECT idempotency_key, customer, request, items, answer FROM purchase
            WHERE idempotency_key = ?
            """)) {
      fill(query, key);
      try (var row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Purchase(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5)))
            : Optional.empty();
      }
    }
  }

  /** Takes the lock of the cart; its new revision. */
  private static long touch(Connection connection, String customer) throws SQLException {
    update(
        connection,
        """
        INSERT INTO cart (customer, revision) VALUES (?, 1)
        ON CONFLICT (customer) DO UPDATE SET revision = cart.revision + 1
        """,
        customer);
    try (var query = connection.prepareStatement("SELECT revision FROM cart WHERE customer = ?")) {
      query.setString(1, customer);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static int count(Connection connection, String sql, String... words) throws SQLException {
    try (var query = connection.prepareStatement(sql)) {
      fill(query, words);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static int update(Connection connection, String sql, String... words)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      fill(statement, words);
      return statement.executeUpdate();
    }
  }

  private static void fill(PreparedStatement statement, String... words) throws SQLException {
    var all = List.of(words);
    for (int i = 0; i < all.size(); i++) {
      statement.setString(i + 1, all.get(i));
    }
  }
}
