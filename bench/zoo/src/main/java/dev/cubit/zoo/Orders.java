package dev.cubit.zoo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Orders in a database, another process, by JDBC. */
final class Orders implements Work {
  private final DataSource source;
  private final int millis;

  /** The statement takes so long there. */
  Orders(int database, int connections, int millis) throws SQLException {
    var config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:tcp://127.0.0.1:" + database + "/mem:shop;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(connections);
    this.source = new HikariDataSource(config);
    this.millis = millis;
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE ALIAS IF NOT EXISTS PAUSE FOR 'java.lang.Thread.sleep(long)';"
              + "CREATE TABLE IF NOT EXISTS ORDERS(ID INT PRIMARY KEY, TOTAL INT);"
              + "MERGE INTO ORDERS VALUES(1, 100), (2, 250), (3, 75)");
    }
  }

  @Override
  public String answer(String query) throws SQLException {
    try (var connection = source.getConnection()) {
      return "{\"total\":" + total(connection) + "}";
    }
  }

  private int total(Connection connection) throws SQLException {
    try (var pause = connection.prepareStatement("CALL PAUSE(?)");
        var sum = connection.prepareStatement("SELECT SUM(TOTAL) FROM ORDERS")) {
      pause.setLong(1, millis);
      pause.execute();
      try (var rows = sum.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }
}
