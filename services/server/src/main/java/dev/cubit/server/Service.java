package dev.cubit.server;

import dev.cubit.observe.Logs;
import dev.cubit.observe.ObserveException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/** The program of a service: reads its settings, listens, and stops when told. */
public final class Service {
  /** What tells one service from another. */
  @FunctionalInterface
  public interface Setup {
    /**
     * Reads what is the service's own.
     *
     * @return makes a handler for each event loop
     * @throws ServerException if a word or a variable makes no sense
     */
    Function<Farewell, Handler<HttpServerRequest>> from(
        List<String> words, Map<String, String> environment);

    /** Called once the last answer has been sent. */
    default void ended() {}
  }

  private Service() {}

  /**
   * Starts it; the process lives until a signal ends it. What cannot be is one sentence on stderr
   * and an exit code, see {@link ServerException}.
   *
   * @param name for sentences
   * @param help what --help prints
   */
  public static void run(String name, String help, String[] args, Setup setup) {
    var words = List.of(args);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(help);
      return;
    }
    try {
      Logs.configure(System.getenv());
      Tuning.apply();
      var handlers = setup.from(words, System.getenv());
      listen(name, Settings.from(System.getenv()), handlers, setup::ended);
    } catch (ServerException e) {
      fail(name, e.getMessage(), e.exitCode());
    } catch (ObserveException e) {
      fail(name, e.getMessage(), ServerException.USAGE);
    }
  }

  private static void listen(
      String name,
      Settings settings,
      Function<Farewell, Handler<HttpServerRequest>> handlers,
      Runnable ended) {
    var server = Server.start(settings, handlers);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, ended), "stop"));
    LoggerFactory.getLogger(name)
        .info(
            "listening on http://{}:{}/ with {} event loops on {}",
            settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host(),
            server.port(),
            settings.eventLoops(),
            server.transport());
  }

  private static void stop(Server server, Runnable ended) {
    try {
      server.close();
    } finally {
      ended.run();
    }
  }

  private static void fail(String name, String sentence, int exitCode) {
    System.err.println(name + ": " + sentence);
    System.exit(exitCode);
  }
}
