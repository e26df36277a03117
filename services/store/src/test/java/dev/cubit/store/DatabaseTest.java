package dev.cubit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.store.rest.RestSetup;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both kinds of database promise. */
final class DatabaseTest {
  /** As clones do that a supervisor starts: each makes the tables if it is the first. */
  @ParameterizedTest
  @EnumSource
  void clones_that_start_at_the_same_time_make_the_tables_once(TestDatabase kind) throws Exception {
    var url = kind.url(0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts = new ArrayList<Callable<Long>>();
      for (int i = 0; i < 6; i++) {
        starts.add(
            () -> {
              try (var database = open(url)) {
                return database.read(DatabaseTest::rows);
              }
            });
      }
      for (var rows : threads.invokeAll(starts)) {
        assertThat(rows.get()).isEqualTo(1);
      }
    }
  }

  /** Two pools are as good as two processes: they share nothing but the database. */
  @ParameterizedTest
  @EnumSource
  void nothing_is_lost_between_two_pools(TestDatabase kind) throws Exception {
    var url = kind.url(0);
    try (var one = open(url);
        var other = open(url);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 16; i++) {
        var database = i % 2 == 0 ? one : other;
        writers.add(
            () -> {
              for (int n = 0; n < 25; n++) {
                database.write(DatabaseTest::add);
                database.read(DatabaseTest::value);
              }
              return 25;
            });
      }
      for (var writer : threads.invokeAll(writers)) {
        writer.get();
      }

      assertThat(one.read(DatabaseTest::value)).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_fails_leaves_everything_as_it_was(TestDatabase kind) throws Exception {
    try (var database = open(kind.url(0))) {
      database.write(DatabaseTest::add);

      assertThatThrownBy(
              () ->
                  database.write(
                      connection -> {
                        add(connection);
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no");

      assertThat(database.read(DatabaseTest::value)).isEqualTo(1);
      database.write(DatabaseTest::add);
      assertThat(database.read(DatabaseTest::value)).isEqualTo(2);
    }
  }

  @Test
  void a_lock_of_another_process_is_waited_for_while_others_read() throws Exception {
    var url = TestDatabase.SQLITE.url(0);
    try (var database = open(url);
        var other = DriverManager.getConnection(url);
        var statement = other.createStatement();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      statement.execute("BEGIN IMMEDIATE");
      var begun = new AtomicBoolean();
      var waiting =
          threads.submit(
              () -> {
                begun.set(true);
                return database.write(DatabaseTest::add);
              });
      await().untilTrue(begun);
      for (int i = 0; i < 20; i++) {
        assertThat(database.read(DatabaseTest::value)).isZero();
      }
      assertThat(waiting.isDone()).isFalse();

      statement.execute("COMMIT");

      assertThat(waiting.get()).isEqualTo(1);
      assertThat(database.read(DatabaseTest::value)).isEqualTo(1);
    }
  }

  private static int add(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("UPDATE counter SET value = value + 1");
    }
  }

  private static long value(Connection connection) throws SQLException {
    return number(connection, "SELECT value FROM counter");
  }

  private static long rows(Connection connection) throws SQLException {
    return number(connection, "SELECT count(*) FROM counter");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Database open(String url) {
    return Database.open(
        DatabaseUrl.from(Map.of("DATABASE_URL", url), "", ""),
        RestSetup.migrations(RestSetup.class),
        new Database.Pool(4, Duration.ofSeconds(10)),
        Optional.empty());
  }
}
