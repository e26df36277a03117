package dev.cubit.report;

/**
 * Colours of a terminal, or none.
 *
 * @param on false where the text goes to a file, a pipe, or a reader who has set NO_COLOR
 */
record Ink(boolean on) {
  private static final String ESCAPE = "\u001b[";

  String cyan(String text) {
    return of("36", "39", text);
  }

  String grey(String text) {
    return of("90", "39", text);
  }

  String green(String text) {
    return of("32", "39", text);
  }

  String red(String text) {
    return of("31", "39", text);
  }

  String brightRed(String text) {
    return of("91", "39", text);
  }

  /** What must not be overlooked. */
  String warning(String text) {
    return on ? ESCAPE + "1;33m" + text + ESCAPE + "0m" : text;
  }

  String bold(String text) {
    return of("1", "22", text);
  }

  private String of(String begin, String end, String text) {
    return on ? ESCAPE + begin + "m" + text + ESCAPE + end + "m" : text;
  }
}
