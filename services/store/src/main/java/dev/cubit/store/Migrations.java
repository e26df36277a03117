package dev.cubit.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.cubit.server.ServerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.LoggerFactory;

/** Brings a database to the state that the program wants; several clones may start at once. */
final class Migrations {
  private Migrations() {}

  /**
   * Runs the SQL files of a folder of the class path. In them {@code ${binary}} is the collation by
   * code point, {@code ${identity}} a word that no other database has.
   *
   * @throws ServerException if the database cannot be had or is not what the program knows
   */
  static void run(DatabaseUrl url, String folder) {
    ((Logger) LoggerFactory.getLogger("org.flywaydb")).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.WARN);
    switch (url) {
      case DatabaseUrl.Sqlite sqlite -> alone(sqlite, () -> migrate(url, folder));
      // Flyway takes a lock in the server.
      case DatabaseUrl.Postgresql server -> migrate(server, folder);
    }
  }

  private static void migrate(DatabaseUrl url, String folder) {
    try {
      Flyway.configure()
          .loggers("slf4j")
          .dataSource(url.source())
          .locations("classpath:" + folder)
          .placeholders(
              Map.of("binary", url.dialect().collation(), "identity", UUID.randomUUID().toString()))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw unavailable(url, e);
    }
  }

  /**
   * Flyway knows no lock for SQLite: two clones would both make the first table. A file's lock is
   * one between processes; synchronized is between the threads of this one, which it would refuse.
   */
  private static synchronized void alone(DatabaseUrl.Sqlite url, Runnable work) {
    var file = url.file().toAbsolutePath();
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      var lock = Path.of(file + ".migration");
      try (var channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        work.run();
      }
    } catch (IOException e) {
      throw unavailable(url, e);
    }
  }

  private static ServerException unavailable(DatabaseUrl url, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    LoggerFactory.getLogger(Migrations.class).debug("the database cannot be opened", e);
    return new ServerException(
        ServerException.ADDRESS,
        "the database "
            + url.shown()
            + " cannot be opened: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip()
            + "; see that it is there and may be written, or set DATABASE_URL to another");
  }
}
