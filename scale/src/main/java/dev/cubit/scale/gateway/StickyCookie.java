package dev.cubit.scale.gateway;

/** The cookie that names an endpoint: a hash of its name in 16 hexadecimal digits. */
final class StickyCookie {
  static final byte[] NONE = {};

  private static final int DIGITS = 16;
  private static final byte[] HEX = Bytes.of("0123456789abcdef");
  private static final byte[] ATTRIBUTES = Bytes.of("; Path=/; HttpOnly; SameSite=Lax\r\n");

  private StickyCookie() {}

  /** The hash that a value is; 0 where it is none. */
  static long read(String value) {
    long hash = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = Bytes.hex((byte) value.charAt(i));
      if (digit < 0 || value.charAt(i) > 'f') {
        return 0;
      }
      hash = hash << 4 | digit;
    }
    return value.length() == DIGITS ? hash : 0;
  }

  /**
   * The line that sets it, with its CRLF.
   *
   * @param begin up to the equals sign
   */
  static byte[] field(byte[] begin, long hash) {
    byte[] line = new byte[begin.length + DIGITS + ATTRIBUTES.length];
    System.arraycopy(begin, 0, line, 0, begin.length);
    for (int i = 0; i < DIGITS; i++) {
      line[begin.length + i] = HEX[(int) (hash >>> (60 - 4 * i)) & 15];
    }
    System.arraycopy(ATTRIBUTES, 0, line, begin.length + DIGITS, ATTRIBUTES.length);
    return line;
  }
}
