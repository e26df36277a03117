package dev.cubit.store.rest;

import dev.cubit.server.ProblemException;
import dev.cubit.store.Database;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;

/** What a client is told of a request that failed. */
final class Failures {
  private final Database database;

  Failures(Database database) {
    this.database = database;
  }

  Answer answer(String path, Throwable cause) {
    return Answer.problem(
        switch (cause) {
          case ProblemException problem -> problem;
          case SQLException e when database.isUnavailable(e) -> unavailable(e);
          default -> bug(path, cause);
        });
  }

  private ProblemException unavailable(SQLException e) {
    var sentence =
        database.isExhausted()
            ? "all connections to the database are busy; come back in a second"
            : "the database does not answer; come back later";
    LoggerFactory.getLogger(Failures.class).warn("{} ({})", sentence, e.getMessage());
    return ProblemException.of(503, sentence);
  }

  private static ProblemException bug(String path, Throwable cause) {
    LoggerFactory.getLogger(Failures.class).error("{} failed", path, cause);
    return ProblemException.of(500, "this is a fault of the service; it has been logged");
  }
}
