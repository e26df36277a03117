package dev.cubit.load.requests;

import java.util.regex.Pattern;

/**
 * A URL or a file of requests that cannot be used; the message says what is wrong, and where. It is
 * one line that fits on a screen, whatever it quotes: control characters are shown as {@code
 * \\u000a}, and a long one is cut in its middle, as where and what stand at its ends.
 */
public final class RequestFileException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 1000;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]");

  public RequestFileException(String message) {
    super(oneLine(message));
  }

  private static String oneLine(String message) {
    String line =
        UNPRINTABLE
            .matcher(message)
            .replaceAll(c -> String.format("\\\\u%04x", (int) c.group().charAt(0)));
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST / 2) + " … " + line.substring(line.length() - LONGEST / 2);
  }
}
