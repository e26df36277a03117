package dev.cubit.qr.image;

/**
 * Bits of a stream that are put again and again, in parts as large as can be put at once; a part
 * can stand for many. So the copies that a large margin is take no more room than those of a small
 * one. Immutable.
 */
final class BitString {
  static final BitString EMPTY = new BitString(new long[0], new int[0], new int[0]);

  private final long[] bits;
  private final int[] counts;
  private final int[] times;

  BitString(long[] bits, int[] counts, int[] times) {
    this.bits = bits;
    this.counts = counts;
    this.times = times;
  }

  /** Bytes of memory. */
  int bytes() {
    return bits.length * (Long.BYTES + 2 * Integer.BYTES);
  }

  /** Bits that are put. */
  long length() {
    long length = 0;
    for (int part = 0; part < bits.length; part++) {
      length += (long) counts[part] * times[part];
    }
    return length;
  }

  /** Whether all can be put at once together with as many bits more. */
  boolean fits(int more) {
    return length() + more <= BitSink.MOST;
  }

  /** All bits, where {@link #fits} says that they can be put at once. */
  long word() {
    long word = 0;
    int at = 0;
    for (int part = 0; part < bits.length; part++) {
      for (int i = 0; i < times[part]; i++) {
        word |= bits[part] << at;
        at += counts[part];
      }
    }
    return word;
  }

  /** Adds them; room has been reserved. */
  void putInto(BitSink sink) {
    for (int part = 0; part < bits.length; part++) {
      for (int i = times[part]; i > 0; i--) {
        sink.put(bits[part], counts[part]);
      }
    }
  }
}
