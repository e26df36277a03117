package dev.cubit.hello;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the server listens and what it answers.
 *
 * @param host the name or address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param eventLoops how many event loops serve, 1 to 1024
 * @param bodyBytes the length of the answer; empty means the greeting
 */
record Settings(String host, int port, int eventLoops, OptionalInt bodyBytes) {
  static final int MAX_BODY_BYTES = 256 << 20;

  /**
   * Reads the command line and the environment; a flag goes before its variable, and an empty
   * variable counts as unset.
   *
   * @throws HelloException if a word is unknown or a number is none or out of its range
   */
  static Settings from(List<String> words, Map<String, String> environment) {
    var bytes = number(environment, "BODY_BYTES", 0, MAX_BODY_BYTES);
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("--bytes=")) {
        bytes = OptionalInt.of(number("--bytes", word.substring(8), 0, MAX_BODY_BYTES));
      } else if (word.equals("--bytes") && i + 1 < words.size()) {
        bytes = OptionalInt.of(number("--bytes", words.get(++i), 0, MAX_BODY_BYTES));
      } else if (word.equals("--bytes")) {
        throw usage("--bytes needs a number after it, as in --bytes 1800");
      } else {
        throw usage("'" + word + "' is not understood; --help shows what is");
      }
    }
    var host = environment.getOrDefault("HOST", "").strip();
    return new Settings(
        host.isEmpty() ? "127.0.0.1" : host,
        number(environment, "PORT", 0, 65_535).orElse(8080),
        number(environment, "EVENT_LOOPS", 1, 1024)
            .orElseGet(Runtime.getRuntime()::availableProcessors),
        bytes);
  }

  private static OptionalInt number(
      Map<String, String> environment, String name, int least, int most) {
    var text = environment.getOrDefault(name, "").strip();
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(name, text, least, most));
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below, in the same words as one out of range.
    }
    throw usage(
        "%s is '%s'; set it to a whole number from %d to %d".formatted(name, text, least, most));
  }

  private static HelloException usage(String sentence) {
    return new HelloException(HelloException.USAGE, sentence);
  }
}
