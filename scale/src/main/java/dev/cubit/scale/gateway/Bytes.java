package dev.cubit.scale.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What bytes are in HTTP/1.1 (RFC 9110, section 5; RFC 3986, section 2), as tables. */
final class Bytes {
  static final byte[] CRLF = {'\r', '\n'};

  /** Lower-case ASCII; an underscore becomes a hyphen, as CGI takes the two for one. */
  static final byte[] FOLDED = new byte[256];

  private static final byte TOKEN = 1;
  private static final byte VALUE = 2;
  private static final byte TARGET = 4;
  private static final byte HOST = 8;
  private static final byte UNRESERVED = 16;
  private static final byte[] CLASSES = new byte[256];

  static {
    mark(TOKEN, "!#$%&'*+-.^_`|~");
    mark(HOST, "-._~:[]%");
    mark(UNRESERVED, "-._~");
    for (int c = 0; c < 256; c++) {
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
      FOLDED[c] = (byte) (letter ? c | 0x20 : c == '_' ? '-' : c);
      if (letter || (c >= '0' && c <= '9')) {
        CLASSES[c] |= TOKEN | HOST | UNRESERVED;
      }
      if (c == '\t' || (c >= ' ' && c != 0x7f)) {
        CLASSES[c] |= VALUE;
      }
      // browsers send some that RFC 3986 has not, such as | and ^; these never are sent by mistake
      if (c > ' ' && c < 0x7f && "\"<>#\\".indexOf(c) < 0) {
        CLASSES[c] |= TARGET;
      }
    }
  }

  private Bytes() {}

  private static void mark(byte kind, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      CLASSES[characters.charAt(i)] |= kind;
    }
  }

  /** Of a method or a field's name. */
  static boolean isToken(byte b) {
    return (CLASSES[b & 0xff] & TOKEN) != 0;
  }

  /** Of a field's value: anything but control characters. */
  static boolean isValue(byte b) {
    return (CLASSES[b & 0xff] & VALUE) != 0;
  }

  static boolean isTarget(byte b) {
    return (CLASSES[b & 0xff] & TARGET) != 0;
  }

  static boolean isHost(byte b) {
    return (CLASSES[b & 0xff] & HOST) != 0;
  }

  static boolean isUnreserved(byte b) {
    return (CLASSES[b & 0xff] & UNRESERVED) != 0;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int c = b | 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  /** Whether a span says a lower-case word, in letters of either case. */
  static boolean is(byte[] b, int from, int to, byte[] lowerCase) {
    if (to - from != lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      byte c = b[from + i];
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether two spans are byte for byte the same. */
  static boolean same(byte[] a, int from, int to, byte[] b) {
    return Arrays.equals(a, from, to, b, 0, b.length);
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
