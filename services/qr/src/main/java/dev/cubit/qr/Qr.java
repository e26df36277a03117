package dev.cubit.qr;

import dev.cubit.server.Service;

/** The program: reads its settings, listens, and stops when told. */
public final class Qr {
  private static final String HELP =
      """
      qr - draws QR codes

      GET /?data=TEXT answers a PNG of 300 x 300 pixels. TEXT is percent-encoded UTF-8, + is a space.
      Size, colours, format and more: docs/qr.md, GET /openapi.json, or a browser at /.
      POST / takes the text as body, POST /batch many texts for a ZIP. GET /healthz, GET /metrics.

      Usage: java -jar qr.jar [--access-log]

        --access-log   write one JSON object a request to stdout
        -h, --help     show this and end

      Environment:
        PORT           port to listen on; 0 takes a free one     (default 8080)
        HOST           name or address to listen on              (default 127.0.0.1)
        EVENT_LOOPS    threads that encode and serve             (default: one a processor)
        REUSE_PORT     1: other processes may share the port     (default 0)
        WORKERS        threads for large pictures and batches    (default: one a processor)
        QUEUE          large orders that may wait; 503 beyond    (default 64)
        ACCESS_LOG     on or off, same as --access-log           (default off)
        LOG_LEVEL      trace, debug, info, warn, error or off    (default info)
        LOG_FORMAT     text or json            (default text on a terminal, json otherwise)

      Examples:
        java -jar qr.jar
        PORT=9000 EVENT_LOOPS=1 java -jar qr.jar
        curl -o code.png 'http://127.0.0.1:8080/?data=ciao'
        curl -o code.svg 'http://127.0.0.1:8080/?data=ciao&format=svg&level=H&dark=navy'

      Exit codes: 2 wrong usage, 3 the address cannot be listened on.
      """;

  private Qr() {}

  /** Starts the server; the process lives until a signal ends it. */
  public static void main(String[] args) {
    Service.run("qr", HELP, args, new QrSetup());
  }
}
