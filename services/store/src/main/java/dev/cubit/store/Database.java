package dev.cubit.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A service's database: a bounded pool of connections, and turns for those who write.
 *
 * <p>SQLite has one writer at a time. Within a process writers wait for their turn in order, before
 * they take a connection, so that readers find one. Between processes SQLite only offers to try
 * again, with growing pauses, so that the one that comes last may never get in; it is told to give
 * up soon, and trying again is done here, every few milliseconds, off the carrier thread.
 *
 * <p>For virtual threads; safe for use by many.
 */
public final class Database implements AutoCloseable {
  /** What is done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * How many connections, and how long to wait for one.
   *
   * @param size at least 1
   */
  public record Pool(int size, Duration patience) {}

  /** How long a lock of another process is waited for. */
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

  private static final int LEAST_PAUSE_MICROS = 500;
  private static final int MOST_PAUSE_MICROS = 3000;
  private static final int HEALTH_SECONDS = 2;

  private final Dialect dialect;
  private final Pool pool;
  private final HikariDataSource connections;
  private final Semaphore turns;

  private Database(DatabaseUrl url, Pool pool, Optional<MeterRegistry> metrics) {
    dialect = url.dialect();
    this.pool = pool;
    // Half of a server's connections are for readers.
    turns = new Semaphore(dialect == Dialect.SQLITE ? 1 : Math.max(1, pool.size() / 2), true);
    var config = new HikariConfig();
    config.setPoolName("database");
    config.setDataSource(url.source());
    config.setMaximumPoolSize(pool.size());
    config.setConnectionTimeout(pool.patience().toMillis());
    config.setValidationTimeout(pool.patience().toMillis());
    config.setInitializationFailTimeout(-1);
    metrics.ifPresent(config::setMetricRegistry);
    connections = new HikariDataSource(config);
  }

  /**
   * Opens it, brought up to date; a folder that is missing for its file is made.
   *
   * @param migrations folder of the class path that has them
   * @param metrics where connections are counted
   * @throws dev.cubit.server.ServerException if it cannot be had
   */
  public static Database open(
      DatabaseUrl url, String migrations, Pool pool, Optional<MeterRegistry> metrics) {
    Migrations.run(url, migrations);
    return new Database(url, pool, metrics);
  }

  /** Reads, each statement for itself; done again from the start where SQLite says to. */
  public <T> T read(Work<T> work) throws SQLException {
    return persistently(
        () -> {
          try (var connection = connections.getConnection()) {
            return work.with(connection);
          }
        });
  }

  /**
   * Writes, in one transaction: all of it is done, or nothing.
   *
   * @throws SQLTransientConnectionException if no turn, no connection or no lock was to be had in
   *     time
   */
  public <T> T write(Work<T> work) throws SQLException {
    takeTurn();
    try (var connection = connections.getConnection()) {
      persistently(() -> execute(connection, dialect.begin()));
      return finished(connection, work);
    } finally {
      turns.release();
    }
  }

  /** Whether the database answers. */
  public boolean isHealthy() {
    try {
      return read(
          connection -> {
            try (var ask =
                connection.prepareStatement("SELECT count(*) FROM flyway_schema_history")) {
              ask.setQueryTimeout(HEALTH_SECONDS);
              return ask.executeQuery().next();
            }
          });
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether all connections are with somebody. */
  public boolean isExhausted() {
    var pool = connections.getHikariPoolMXBean();
    return pool != null && pool.getActiveConnections() >= this.pool.size();
  }

  /** Whether the database cannot be had, as opposed to what was asked of it being wrong. */
  public boolean isUnavailable(SQLException e) {
    return e instanceof SQLTransientConnectionException || dialect.isUnavailable(e);
  }

  @Override
  public void close() {
    connections.close();
  }

  private void takeTurn() throws SQLException {
    try {
      if (!turns.tryAcquire(LOCK_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new SQLTransientConnectionException("too many wait to write");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting to write", e);
    }
  }

  /** In a transaction that has begun. */
  private <T> T finished(Connection connection, Work<T> work) throws SQLException {
    boolean committed = false;
    try {
      var result = work.with(connection);
      execute(connection, "COMMIT");
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollBack(connection);
      }
    }
  }

  /** A connection whose state is not known is not used again. */
  private void rollBack(Connection connection) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException lost) {
      connections.evictConnection(connection);
    }
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T make() throws SQLException;
  }

  private <T> T persistently(Attempt<T> attempt) throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        return attempt.make();
      } catch (SQLException e) {
        if (!dialect.isBusy(e) || System.nanoTime() - start > LOCK_PATIENCE.toNanos()) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() throws SQLException {
    try {
      TimeUnit.MICROSECONDS.sleep(
          ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MICROS, MOST_PAUSE_MICROS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a lock", e);
    }
  }
}
