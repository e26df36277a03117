package dev.cubit.store;

import java.sql.SQLException;
import java.util.Set;

/** In what the two databases differ, as far as services notice. */
enum Dialect {
  /** One file; one writer at a time, among all processes that have it open. */
  SQLITE("BINARY", "BEGIN IMMEDIATE"),
  /** A server. */
  POSTGRESQL("\"C\"", "BEGIN");

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  /** Read-only, I/O error, corrupt, full, cannot open, not a database. */
  private static final Set<Integer> SQLITE_UNAVAILABLE = Set.of(8, 10, 11, 13, 14, 26);

  private final String collation;
  private final String begin;

  Dialect(String collation, String begin) {
    this.collation = collation;
    this.begin = begin;
  }

  /** The collation that sorts by Unicode code point, as its name is written in SQL. */
  String collation() {
    return collation;
  }

  /**
   * Begins a transaction that will write. SQLite's takes the lock at once: one that began with a
   * read could not become a writer once another has written, however long it waited.
   */
  String begin() {
    return begin;
  }

  /** Whether another process has the lock, so that trying again will do. */
  boolean isBusy(SQLException e) {
    return this == SQLITE && (e.getErrorCode() == SQLITE_BUSY || e.getErrorCode() == SQLITE_LOCKED);
  }

  /** Whether the database cannot be had, as opposed to what was asked of it being wrong. */
  boolean isUnavailable(SQLException e) {
    var state = e.getSQLState();
    return switch (this) {
      case SQLITE -> isBusy(e) || SQLITE_UNAVAILABLE.contains(e.getErrorCode());
      // Connection lost, resources used up, operator's intervention, read-only server, I/O error.
      case POSTGRESQL ->
          state != null
              && (state.startsWith("08")
                  || state.startsWith("53")
                  || state.startsWith("57")
                  || state.startsWith("58")
                  || state.equals("25006"));
    };
  }
}
