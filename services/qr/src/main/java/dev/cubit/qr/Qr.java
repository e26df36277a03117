package dev.cubit.qr;

import dev.cubit.observe.Logs;
import dev.cubit.observe.ObserveException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The program: reads its settings, listens, and stops when told. */
public final class Qr {
  private static final String HELP =
      """
      qr - draws QR codes

      GET /?data=TEXT answers a PNG of 300 x 300 pixels. TEXT is percent-encoded UTF-8, + is a space.
      400 without data or with too much of it, 404 for other paths, 405 for other methods.

      Usage: java -jar qr.jar

        -h, --help     show this and end

      Environment:
        PORT           port to listen on; 0 takes a free one     (default 8080)
        HOST           name or address to listen on              (default 127.0.0.1)
        EVENT_LOOPS    threads that encode and serve             (default: one a processor)
        LOG_LEVEL      trace, debug, info, warn, error or off    (default info)
        LOG_FORMAT     text or json            (default text on a terminal, json otherwise)

      Examples:
        java -jar qr.jar
        PORT=9000 EVENT_LOOPS=1 java -jar qr.jar
        curl -o code.png 'http://127.0.0.1:8080/?data=ciao'

      Exit codes: 2 wrong usage, 3 the address cannot be listened on.
      """;

  private Qr() {}

  /** Starts the server; the process lives until a signal ends it. */
  public static void main(String[] args) {
    var words = List.of(args);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(HELP);
      return;
    }
    try {
      Logs.configure(System.getenv());
      // Start-up: the JDK resolves HOST, no other name is ever asked for.
      System.setProperty("vertx.disableDnsResolver", "true");
      run(Settings.from(words, System.getenv()));
    } catch (QrException e) {
      fail(e.getMessage(), e.exitCode());
    } catch (ObserveException e) {
      fail(e.getMessage(), QrException.USAGE);
    }
  }

  private static void run(Settings settings) {
    var server = QrServer.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    LoggerFactory.getLogger(Qr.class)
        .info(
            "listening on http://{}:{}/ with {} event loops on {}",
            settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host(),
            server.port(),
            settings.eventLoops(),
            server.transport());
  }

  private static void fail(String sentence, int exitCode) {
    System.err.println("qr: " + sentence);
    System.exit(exitCode);
  }
}
