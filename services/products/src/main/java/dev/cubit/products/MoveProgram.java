package dev.cubit.products;

import dev.cubit.observe.Logs;
import dev.cubit.observe.ObserveException;
import dev.cubit.server.ServerException;
import dev.cubit.store.Database;
import dev.cubit.store.rest.RestSetup;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The program that {@code cubit split} runs. */
final class MoveProgram {
  private static final String HELP =
      """
      products move - copies products of a range of keys to another database, in use

      Usage: java -jar products.jar move --from URL --to URL --keys F..L [--folding upper|none]
                                         [--final | --remove]

        --from URL     the database that has them               (FROM_DATABASE_URL)
        --to URL       the one they go to; made if it is new    (TO_DATABASE_URL)
        --keys F..L    from F to the last name that begins with L  (KEYS; or KEYS_FROM, KEYS_TO)
        --folding      upper: upper and lower case are one; none: they differ
                                                 (KEYS_FOLDING; default upper)
        --final        the last round: run it while nobody writes these keys
        --remove       remove at the source what has arrived

      FROM_DATABASE_USER, FROM_DATABASE_PASSWORD and the like with TO_ are for PostgreSQL.
      Each step can be run again. Order: move; hold writes; move --final; switch; move --remove.

      Exit codes: 0 done; 1 it would lose something, and says what; 2 wrong usage;
                  3 a database cannot be had.
      """;

  private static final int FAILED = 1;
  private static final Database.Pool POOL = new Database.Pool(2, Duration.ofSeconds(10));

  private MoveProgram() {}

  /** Runs one step; the exit code. */
  static int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
      return 0;
    }
    try {
      Logs.configure(System.getenv());
      System.out.println(sentence(MoveSettings.from(words, System.getenv())));
      return 0;
    } catch (ServerException e) {
      return failed(e.getMessage(), e.exitCode());
    } catch (ObserveException e) {
      return failed(e.getMessage(), ServerException.USAGE);
    } catch (MoveException e) {
      return failed(String.valueOf(e.getMessage()), FAILED);
    } catch (SQLException e) {
      return failed(
          "a database has failed: " + e.getMessage() + "; run it again", ServerException.ADDRESS);
    }
  }

  private static String sentence(MoveSettings settings) throws SQLException {
    try (var from = open(settings, true);
        var to = open(settings, false)) {
      var mover = new Mover(from, to, settings.keys());
      return switch (settings.step()) {
        case COPY -> copied(mover.copy(), "until quiet");
        case FINAL -> copied(mover.finish(), "to the last");
        case REMOVE -> "removed " + mover.remove().products() + " products at the source";
      };
    }
  }

  private static String copied(Mover.Summary summary, String how) {
    return "copied %d products, then %d changes %s, in rounds: %d; up to change %d"
        .formatted(
            summary.products(), summary.changes(), how, summary.rounds(), summary.position());
  }

  private static Database open(MoveSettings settings, boolean source) {
    return Database.open(
        source ? settings.from() : settings.to(),
        RestSetup.migrations(Products.class),
        POOL,
        Optional.empty());
  }

  private static int failed(String sentence, int exitCode) {
    System.err.println("products move: " + sentence);
    return exitCode;
  }
}
