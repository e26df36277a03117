package dev.cubit.products;

import dev.cubit.server.ProblemException;

/** What a product may be called. */
final class ProductName {
  private static final int MOST_CODE_POINTS = 200;

  private ProductName() {}

  /**
   * Checks a name.
   *
   * @param name in the normal form NFC
   * @throws ProblemException if it is none
   */
  static String checked(String name) {
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MOST_CODE_POINTS) {
      throw refused("a name has 1 to " + MOST_CODE_POINTS + " characters");
    }
    if (name.equals(".") || name.equals("..")) {
      throw refused("a name cannot be " + name + ": clients take that for a step in the path");
    }
    if (isSpace(name.codePointAt(0)) || isSpace(name.codePointBefore(name.length()))) {
      throw refused("a name neither begins nor ends with a space");
    }
    if (!name.codePoints().allMatch(ProductName::isAllowed)) {
      throw refused("a name has no control characters and none that Unicode does not know");
    }
    return name;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isAllowed(int c) {
    return !Character.isISOControl(c)
        && switch (Character.getType(c)) {
          case Character.SURROGATE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  private static ProblemException refused(String rule) {
    return ProblemException.parameter("name", rule);
  }
}
