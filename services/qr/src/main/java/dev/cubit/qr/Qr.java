package dev.cubit.qr;

import dev.cubit.server.ServerException;
import dev.cubit.server.Service;

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
    Service.run(
        "qr",
        HELP,
        args,
        (words, environment) -> {
          if (!words.isEmpty()) {
            throw ServerException.usage(
                "'" + words.getFirst() + "' is not understood; --help shows what is");
          }
          return farewell -> new QrHandler(new ZxingEncoder(), new PngDrawing(), farewell);
        });
  }
}
