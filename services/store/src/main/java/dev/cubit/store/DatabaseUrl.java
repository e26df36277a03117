package dev.cubit.store;

import dev.cubit.server.ServerException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Where a database is. */
public sealed interface DatabaseUrl {
  /** How SQLite's URLs begin; a file's name follows. */
  String SQLITE = "jdbc:sqlite:";

  /** How PostgreSQL's URLs begin. */
  String POSTGRESQL = "jdbc:postgresql:";

  /** A file. */
  record Sqlite(Path file) implements DatabaseUrl {
    /**
     * How long SQLite itself waits for a lock. Short, as it would hold a carrier of virtual threads
     * all the while; {@link Database} waits the rest.
     */
    private static final int BUSY_MILLIS = 20;

    @Override
    public String shown() {
      return SQLITE + file;
    }

    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    @Override
    public DataSource source() {
      var config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      // What has been answered is on the disk, also when the power goes.
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setBusyTimeout(BUSY_MILLIS);
      var source = new SQLiteDataSource(config);
      source.setUrl(SQLITE + file);
      return source;
    }
  }

  /**
   * A server.
   *
   * @param user empty: as the URL says
   * @param password empty: as the URL says
   */
  record Postgresql(String url, String user, String password) implements DatabaseUrl {
    private static final int CONNECT_SECONDS = 3;

    /** A server that is silent for so long counts as lost. */
    private static final int SILENT_SECONDS = 15;

    /** Without what may be a password. */
    @Override
    public String shown() {
      return url.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public Dialect dialect() {
      return Dialect.POSTGRESQL;
    }

    @Override
    public DataSource source() {
      var source = new PGSimpleDataSource();
      source.setConnectTimeout(CONNECT_SECONDS);
      source.setSocketTimeout(SILENT_SECONDS);
      source.setTcpKeepAlive(true);
      source.setUrl(url);
      if (!user.isEmpty()) {
        source.setUser(user);
      }
      if (!password.isEmpty()) {
        source.setPassword(password);
      }
      return source;
    }
  }

  /** The URL as it may be shown to anybody. */
  String shown();

  Dialect dialect();

  /** Makes new connections. */
  DataSource source();

  /**
   * Reads DATABASE_URL, DATABASE_USER and DATABASE_PASSWORD.
   *
   * @param prefix of the variables' names, {@code FROM_} for one; normally empty
   * @param otherwise the URL where there is none; empty if there has to be one
   * @throws ServerException if the URL is none
   */
  static DatabaseUrl from(Map<String, String> environment, String prefix, String otherwise) {
    var name = prefix + "DATABASE_URL";
    var given = environment.getOrDefault(name, "").strip();
    var url = given.isEmpty() ? otherwise : given;
    if (url.startsWith(SQLITE)) {
      return sqlite(name, url.substring(SQLITE.length()));
    }
    if (url.startsWith(POSTGRESQL) && Driver.parseURL(url, new Properties()) != null) {
      return new Postgresql(
          url,
          environment.getOrDefault(prefix + "DATABASE_USER", ""),
          environment.getOrDefault(prefix + "DATABASE_PASSWORD", ""));
    }
    throw ServerException.usage(
        (url.isEmpty()
                ? name + " is not set"
                : name + " is '" + new Postgresql(url, "", "").shown() + "'")
            + "; set it to jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
  }

  /** A database in memory is one for each connection: no two requests would see the same. */
  private static Sqlite sqlite(String name, String file) {
    if (file.isBlank() || file.startsWith(":") || file.startsWith("file:") || file.contains("?")) {
      throw ServerException.usage(
          name
              + " is '"
              + SQLITE
              + file
              + "', which names no file; name one, as in jdbc:sqlite:data/shop.db");
    }
    return new Sqlite(Path.of(file));
  }
}
