package dev.cubit.observe;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * How much is logged, and in which form.
 *
 * @param level the least severe level that is written
 * @param form how a line looks
 */
record LogSettings(Level level, Form form) {

  /** How a line looks. */
  enum Form {
    /** For eyes: time, level, logger, message. */
    TEXT,
    /** For collectors: one JSON object a line. */
    JSON
  }

  /**
   * Reads {@code LOG_LEVEL} (default {@code info}) and {@code LOG_FORMAT} (default: text on a
   * terminal, JSON otherwise). Upper and lower case are the same; an empty value counts as unset.
   *
   * @param terminal whether stderr is a terminal; asked only when the format is not given
   * @throws ObserveException if a value is none of those allowed
   */
  static LogSettings from(Map<String, String> environment, BooleanSupplier terminal) {
    return new LogSettings(
        level(environment.getOrDefault("LOG_LEVEL", "")),
        form(environment.getOrDefault("LOG_FORMAT", ""), terminal));
  }

  private static Level level(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "" -> Level.INFO;
      case "trace" -> Level.TRACE;
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warn" -> Level.WARN;
      case "error" -> Level.ERROR;
      case "off" -> Level.OFF;
      default ->
          throw new ObserveException(
              "LOG_LEVEL is '" + word + "'; set it to trace, debug, info, warn, error or off");
    };
  }

  private static Form form(String word, BooleanSupplier terminal) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "" -> terminal.getAsBoolean() ? Form.TEXT : Form.JSON;
      case "text" -> Form.TEXT;
      case "json" -> Form.JSON;
      default -> throw new ObserveException("LOG_FORMAT is '" + word + "'; set it to text or json");
    };
  }
}
