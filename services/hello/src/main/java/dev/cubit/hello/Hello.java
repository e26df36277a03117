package dev.cubit.hello;

import dev.cubit.server.ServerException;
import dev.cubit.server.Service;
import dev.cubit.server.Settings;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The program: reads its settings, listens, and stops when told. */
public final class Hello {
  private static final int MAX_BODY_BYTES = 256 << 20;

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
        REUSE_PORT     1: other processes may share the port     (default 0)
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
    Service.run(
        "hello",
        HELP,
        args,
        (words, environment) -> {
          var bytes = bodyBytes(words, environment);
          return farewell -> new Answer(bytes, farewell);
        });
  }

  /** The length of the answer; empty means the greeting. A flag goes before its variable. */
  static OptionalInt bodyBytes(List<String> words, Map<String, String> environment) {
    var bytes = Settings.number(environment, "BODY_BYTES", 0, MAX_BODY_BYTES);
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("--bytes=")) {
        bytes = OptionalInt.of(Settings.number("--bytes", word.substring(8), 0, MAX_BODY_BYTES));
      } else if (word.equals("--bytes") && i + 1 < words.size()) {
        bytes = OptionalInt.of(Settings.number("--bytes", words.get(++i), 0, MAX_BODY_BYTES));
      } else if (word.equals("--bytes")) {
        throw ServerException.usage("--bytes needs a number after it, as in --bytes 1800");
      } else {
        throw ServerException.usage("'" + word + "' is not understood; --help shows what is");
      }
    }
    return bytes;
  }
}
