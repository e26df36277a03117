package dev.cubit.qr.image;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A deflate stream's bits, the first in the lowest place of the first byte. Owned by one thread.
 */
final class BitSink {
  static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  /**
   * At most this many bits at a time: with an unfinished byte that is 63, and Java shifts by 63.
   */
  static final int MOST = 56;

  /** Room that is kept from one stream to the next. */
  private static final int KEPT = 1 << 14;

  byte[] bytes = new byte[KEPT];
  int whole;
  long pending;
  int open;

  /** Begins anew, behind room for other bytes. */
  void clear(int from) {
    whole = from;
    pending = 0;
    open = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Gives back the room that a large stream has taken. */
  void shrink() {
    if (bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
  }

  /** Makes room for as many bytes more. */
  void reserve(int more) {
    if (bytes.length < whole + more + Long.BYTES) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, whole + more + Long.BYTES));
    }
  }

  /**
   * Adds bits; room has been reserved.
   *
   * @param bits those above the count are 0
   * @param count 0 to {@link #MOST}
   */
  void put(long bits, int count) {
    long word = pending | bits << open;
    int total = open + count;
    WORD.set(bytes, whole, word);
    whole += total >>> 3;
    pending = word >>> (total & ~7);
    open = total & 7;
  }

  /** Adds zeros up to a whole byte, and returns how many bytes there are. */
  int align() {
    put(0, -open & 7);
    return whole;
  }

  /** Bits that there are, if it began with the first byte. */
  int length() {
    return 8 * whole + open;
  }

  /** Up to {@link #MOST} bits that have been put. */
  long bits(int from, int count) {
    put(0, 0);
    long word = (long) WORD.get(bytes, from >>> 3) >>> (from & 7);
    return word & (1L << count) - 1;
  }
}
