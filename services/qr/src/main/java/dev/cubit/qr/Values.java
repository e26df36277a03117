package dev.cubit.qr;

import dev.cubit.qr.symbol.Level;
import dev.cubit.server.ProblemException;
import java.util.Locale;

/** Reads the values of options. */
final class Values {
  private static final int LONGEST_NAME = 100;

  private Values() {}

  static Option.Reader number(int least, int most) {
    return (name, value) -> number(name, value, least, most);
  }

  static Object size(String name, String value) {
    int x = value.indexOf('x');
    int width = number(x < 0 ? value : value.substring(0, x));
    int height = x < 0 ? width : number(value.substring(x + 1));
    if (width < 1 || width > Size.MOST || height < 1 || height > Size.MOST) {
      throw refused(name, value, "is a number of pixels from 1 to 10000, or two as in 300x200");
    }
    return new Size(width, height, x >= 0);
  }

  static Object level(String name, String value) {
    return switch (value.toUpperCase(Locale.ROOT)) {
      case "L", "LOW" -> Level.L;
      case "M", "MEDIUM" -> Level.M;
      case "Q", "QUARTILE" -> Level.Q;
      case "H", "HIGH" -> Level.H;
      default -> throw refused(name, value, "is one of L, M, Q, H, low, medium, quartile, high");
    };
  }

  /** A name alone says yes, as in {@code ?data=ciao&micro}. */
  static Object flag(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "", "true", "1", "yes", "on" -> true;
      case "false", "0", "no", "off" -> false;
      default -> throw refused(name, value, "is true or false");
    };
  }

  static Object utf8(String name, String value) {
    if (value.equalsIgnoreCase("UTF-8") || value.equalsIgnoreCase("UTF8")) {
      return true;
    }
    throw refused(name, value, "can only be UTF-8");
  }

  /** The name of the file to be saved, {@code qr} where none is given; empty for none. */
  static Object fileName(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "", "true", "1", "yes", "on" -> "qr";
      case "false", "0", "no", "off" -> "";
      default -> safeFileName(name, value);
    };
  }

  /** A name that leads into no other folder, on no system. */
  static String safeFileName(String name, String value) {
    boolean safe =
        !value.isBlank()
            && value.length() <= LONGEST_NAME
            && !value.startsWith(".")
            && value.codePoints().allMatch(Values::isSafe);
    if (safe) {
      return value;
    }
    throw refused(
        name,
        value,
        "is a file name of at most 100 characters that starts with no dot and has none of"
            + " / \\ : * ? \" < > |");
  }

  private static boolean isSafe(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE
        && Character.getType(c) != Character.FORMAT
        && "/\\:*?\"<>|".indexOf(c) < 0;
  }

  static ProblemException refused(String name, String value, String rule) {
    return ProblemException.parameter(
        name, "'" + name + "' is '" + ProblemException.shown(value) + "', but it " + rule);
  }

  private static int number(String name, String value, int least, int most) {
    int number = number(value);
    if (number < least || number > most) {
      throw refused(name, value, "is a whole number from " + least + " to " + most);
    }
    return number;
  }

  /** -1 if it is none; digits alone, as {@code Integer.parseInt} takes signs and other scripts. */
  private static int number(String value) {
    int number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i > 8) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return value.isEmpty() ? -1 : number;
  }
}
