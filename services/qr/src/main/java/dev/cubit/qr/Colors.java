package dev.cubit.qr;

import dev.cubit.qr.image.Rgba;
import dev.cubit.server.ProblemException;
import java.util.Locale;

/**
 * Reads colours: {@code RGB}, {@code RGBA}, {@code RRGGBB} or {@code RRGGBBAA} in hexadecimal with
 * or without {@code #}; {@code 255-0-0} as goqr.me does; the sixteen names of HTML 4 and {@code
 * transparent}.
 */
final class Colors {
  private Colors() {}

  static Object read(String name, String value) {
    int named = named(value.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return new Rgba(named >> 16, named >> 8 & 0xff, named & 0xff, 255);
    }
    if (value.equalsIgnoreCase("transparent")) {
      return new Rgba(255, 255, 255, 0);
    }
    if (value.indexOf('-') > 0) {
      return decimal(name, value);
    }
    var digits = value.startsWith("#") ? value.substring(1) : value;
    for (int i = 0; i < digits.length(); i++) {
      if (digit(digits, i) < 0) {
        throw refused(name, value);
      }
    }
    return switch (digits.length()) {
      case 3 -> new Rgba(17 * digit(digits, 0), 17 * digit(digits, 1), 17 * digit(digits, 2), 255);
      case 4 ->
          new Rgba(
              17 * digit(digits, 0),
              17 * digit(digits, 1),
              17 * digit(digits, 2),
              17 * digit(digits, 3));
      case 6 -> new Rgba(pair(digits, 0), pair(digits, 2), pair(digits, 4), 255);
      case 8 -> new Rgba(pair(digits, 0), pair(digits, 2), pair(digits, 4), pair(digits, 6));
      default -> throw refused(name, value);
    };
  }

  private static Rgba decimal(String name, String value) {
    var parts = value.split("-", -1);
    if (parts.length != 3) {
      throw refused(name, value);
    }
    var rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
        throw refused(name, value);
      }
      rgb[i] = Integer.parseInt(parts[i]);
    }
    return new Rgba(rgb[0], rgb[1], rgb[2], 255);
  }

  private static int named(String name) {
    return switch (name) {
      case "black" -> 0x000000;
      case "silver" -> 0xc0c0c0;
      case "gray" -> 0x808080;
      case "white" -> 0xffffff;
      case "maroon" -> 0x800000;
      case "red" -> 0xff0000;
      case "purple" -> 0x800080;
      case "fuchsia" -> 0xff00ff;
      case "green" -> 0x008000;
      case "lime" -> 0x00ff00;
      case "olive" -> 0x808000;
      case "yellow" -> 0xffff00;
      case "navy" -> 0x000080;
      case "blue" -> 0x0000ff;
      case "teal" -> 0x008080;
      case "aqua" -> 0x00ffff;
      default -> -1;
    };
  }

  private static int pair(String digits, int at) {
    return digit(digits, at) << 4 | digit(digits, at + 1);
  }

  private static int digit(String digits, int at) {
    char c = digits.charAt(at);
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static ProblemException refused(String name, String value) {
    return Values.refused(
        name,
        value,
        "is a colour as ff0000, ff000080, f00, 255-0-0, red or transparent"
            + " (a # in a URL is written %23)");
  }
}
