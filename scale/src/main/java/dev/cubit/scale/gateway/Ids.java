package dev.cubit.scale.gateway;

import java.util.SplittableRandom;

/**
 * Names for requests that come without one: random hexadecimal digits. They are to differ, not to
 * be secrets. Owned by an event loop. Hot path.
 */
final class Ids {
  private static final byte[] HEX = Bytes.of("0123456789abcdef");

  private final SplittableRandom random;

  /** 32 digits, made anew by {@link #next}. */
  final byte[] trace = new byte[32];

  /** 16 digits, made anew by {@link #next}. */
  final byte[] span = new byte[16];

  Ids(long seed) {
    random = new SplittableRandom(seed);
  }

  void next() {
    write(trace, 0);
    write(trace, 16);
    write(span, 0);
  }

  private void write(byte[] to, int at) {
    long bits = random.nextLong() | 1; // all zeros would be no id (W3C Trace Context, 3.2.2)
    for (int i = at; i < at + 16; i++) {
      to[i] = HEX[(int) (bits >>> 60)];
      bits <<= 4;
    }
  }

  /** For choices that only have to be even. */
  SplittableRandom random() {
    return random;
  }

  /** Whether a traceparent is one (W3C Trace Context, section 3.2). */
  static boolean isTraceparent(byte[] b, int from, int to) {
    int n = to - from;
    boolean shape =
        n >= 55
            && b[from + 2] == '-'
            && b[from + 35] == '-'
            && b[from + 52] == '-'
            && areDigits(b, from, from + 2)
            && areDigits(b, from + 3, from + 35)
            && areDigits(b, from + 36, from + 52)
            && areDigits(b, from + 53, from + 55)
            && !areZeros(b, from + 3, from + 35)
            && !areZeros(b, from + 36, from + 52);
    if (!shape || (b[from] == 'f' && b[from + 1] == 'f')) {
      return false;
    }
    boolean first = b[from] == '0' && b[from + 1] == '0';
    return first ? n == 55 : n == 55 || b[from + 55] == '-';
  }

  private static boolean areDigits(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Bytes.hex(b[i]) < 0 || (b[i] >= 'A' && b[i] <= 'F')) {
        return false;
      }
    }
    return true;
  }

  private static boolean areZeros(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] != '0') {
        return false;
      }
    }
    return true;
  }
}
