package dev.cubit.server;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the server listens, and on how many threads.
 *
 * @param host the name or address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param eventLoops how many event loops serve, 1 to 1024
 * @param reusePort whether other processes may listen on the same port: the kernel deals out the
 *     connections (SO_REUSEPORT, socket(7))
 */
public record Settings(String host, int port, int eventLoops, boolean reusePort) {
  /** On a port of its own. */
  public Settings(String host, int port, int eventLoops) {
    this(host, port, eventLoops, false);
  }

  /**
   * Reads PORT, HOST, EVENT_LOOPS and REUSE_PORT; an empty variable counts as unset.
   *
   * @throws ServerException if a number is not one or out of its range
   */
  public static Settings from(Map<String, String> environment) {
    var host = environment.getOrDefault("HOST", "").strip();
    return new Settings(
        host.isEmpty() ? "127.0.0.1" : host,
        number(environment, "PORT", 0, 65_535).orElse(8080),
        number(environment, "EVENT_LOOPS", 1, 1024)
            .orElseGet(Runtime.getRuntime()::availableProcessors),
        number(environment, "REUSE_PORT", 0, 1).orElse(0) == 1);
  }

  /**
   * A whole number from the environment; empty where the variable is unset or empty.
   *
   * @throws ServerException if it is not one or out of its range
   */
  public static OptionalInt number(
      Map<String, String> environment, String name, int least, int most) {
    var text = environment.getOrDefault(name, "").strip();
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(name, text, least, most));
  }

  /**
   * Whether a switch in the environment is on; it is off where the variable is unset or empty.
   *
   * @throws ServerException if it is neither on nor off
   */
  public static boolean isOn(Map<String, String> environment, String name) {
    var word = environment.getOrDefault(name, "").strip();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "", "off" -> false;
      default -> throw ServerException.usage(name + " is '" + word + "'; set it to on or off");
    };
  }

  /**
   * Reads a whole number.
   *
   * @param name of the flag or variable that it is of, for the sentence
   * @throws ServerException if it is not one or out of its range
   */
  public static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below, in the same words as one out of range.
    }
    throw ServerException.usage(
        "%s is '%s'; set it to a whole number from %d to %d".formatted(name, text, least, most));
  }
}
