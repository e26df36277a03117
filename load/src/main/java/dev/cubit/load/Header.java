package dev.cubit.load;

/**
 * A request header as it is sent.
 *
 * @param name a token of RFC 9110, section 5.1
 * @param value may be empty; without CR, LF or NUL, so that no header can smuggle in another
 */
public record Header(String name, String value) {
  public Header {
    if (!isToken(name)) {
      throw new IllegalArgumentException("'" + name + "' is not the name of an HTTP header");
    }
    if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException(
          "the value of header " + name + " has a line break or a NUL in it");
    }
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Header::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }
}
