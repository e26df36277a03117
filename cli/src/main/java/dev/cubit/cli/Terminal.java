package dev.cubit.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Where words go: results to stdout, progress and errors to stderr, and what each of them is.
 *
 * @param colour escape sequences are understood by whoever reads stdout
 * @param live stderr is a terminal, on which a line can be drawn again
 * @param columns of it
 */
record Terminal(PrintStream out, PrintStream err, boolean colour, boolean live, int columns) {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]");

  /** This process's own; NO_COLOR turns colours off, no-color.org. */
  static Terminal here(Map<String, String> environment) {
    boolean live = isTerminal(2);
    boolean colour =
        isTerminal(1) && environment.getOrDefault("NO_COLOR", "").isEmpty() && !isDumb(environment);
    return new Terminal(System.out, System.err, colour, live, live ? width(environment) : 80);
  }

  /** Whether keys come from a terminal and a screen can be drawn on one. */
  static boolean canDraw(Map<String, String> environment) {
    return isTerminal(0) && isTerminal(1) && !isDumb(environment);
  }

  private static boolean isDumb(Map<String, String> environment) {
    return environment.getOrDefault("TERM", "").equals("dumb");
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false; // not Linux: plain lines are right everywhere
    }
  }

  private static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    if (columns.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(columns);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ", -1);
      if (stty.waitFor(1, TimeUnit.SECONDS)
          && size.length == 2
          && size[1].matches("[1-9]\\d{0,3}")) {
        return Integer.parseInt(size[1]);
      }
    } catch (IOException e) {
      return 80;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 80;
  }

  /** One line that says something went wrong or was decided. */
  void note(String sentence) {
    err.println("cubit: " + oneLine(sentence));
  }

  /** What was typed may have line breaks and escapes in it: a sentence stays one harmless line. */
  static String oneLine(String sentence) {
    return CONTROL.matcher(sentence.strip()).replaceAll("\uFFFD");
  }
}
