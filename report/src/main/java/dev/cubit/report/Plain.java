package dev.cubit.report;

/**
 * Text from strangers (addresses, bodies, what an error said) as it may stand on one line of a
 * terminal or in a page: a server must not be able to move the reader's cursor, set the title of
 * the window, or turn the direction of the text around.
 */
final class Plain {
  /** Longer texts are cut: an example is to show, not to tell all. */
  private static final int LONGEST = 300;

  private Plain() {}

  /** On one line, without controls, at most {@value #LONGEST} characters. */
  static String line(String text) {
    StringBuilder out = new StringBuilder();
    int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
    for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
      out.appendCodePoint(safe(points[i]));
    }
    return points.length > LONGEST ? out.append('…').toString() : out.toString();
  }

  /** On one line, without controls, as long as it is. */
  static String text(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(Plain::safe).forEach(out::appendCodePoint);
    return out.toString();
  }

  /** A space for what separates lines, U+FFFD for what steers a terminal or a page. */
  static int safe(int point) {
    return switch (Character.getType(point)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.CONTROL -> point == '\n' || point == '\r' || point == '\t' ? ' ' : 0xFFFD;
      case Character.SURROGATE -> 0xFFFD;
      default -> turnsDirection(point) ? 0xFFFD : point;
    };
  }

  /** Unicode's overrides, embeddings and isolates: "Trojan Source", Boucher and Anderson 2021. */
  private static boolean turnsDirection(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }
}
