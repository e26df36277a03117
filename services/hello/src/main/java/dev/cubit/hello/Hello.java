package dev.cubit.hello;

import dev.cubit.observe.Logs;
import dev.cubit.observe.ObserveException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The program: reads its settings, listens, and stops when told. */
public final class Hello {
  private static final String HELP =
      """
      hello - the HTTP server that does nothing: the ceiling for all others

      GET / answers 200 text/plain "Hello World"; everything else answers 404.

      Usage: java -jar hello.jar [--bytes N]

        --bytes N      answer a body of N bytes instead (0 to 268435456)
        -h, --help     show this and end

      Environment:
        PORT           port to listen on; 0 takes a free one     (default 8080)
        HOST           name or address to listen on              (default 127.0.0.1)
        EVENT_LOOPS    threads that serve                        (default: one a processor)
        BODY_BYTES     same as --bytes
        LOG_LEVEL      trace, debug, info, warn, error or off    (default info)
        LOG_FORMAT     text or json            (default text on a terminal, json otherwise)

      Examples:
        java -jar hello.jar
        PORT=0 EVENT_LOOPS=1 java -jar hello.jar
        PORT=9000 java -jar hello.jar --bytes 1800

      Exit codes: 2 wrong usage, 3 the address cannot be listened on.
      """;

  private Hello() {}

  /** Starts the server; the process lives until a signal ends it. */
  public static void main(String[] args) {
    var words = List.of(args);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
      return;
    }
    try {
      Logs.configure(System.getenv());
      Tuning.apply();
      run(Settings.from(words, System.getenv()));
    } catch (HelloException e) {
      fail(e.getMessage(), e.exitCode());
    } catch (ObserveException e) {
      fail(e.getMessage(), HelloException.USAGE);
    }
  }

  private static void run(Settings settings) {
    var server = HelloServer.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    LoggerFactory.getLogger(Hello.class)
        .info(
            "listening on http://{}:{}/ with {} event loops on {}",
            settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host(),
            server.port(),
            settings.eventLoops(),
            server.transport());
  }

  private static void fail(String sentence, int exitCode) {
    System.err.println("hello: " + sentence);
    System.exit(exitCode);
  }
}
