package dev.cubit.qr.symbol;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Error correction codewords of one degree: the remainder of a division of polynomials over {@link
 * Field}.
 *
 * <p>The remainder is kept in two or four words, its first byte highest, and four bytes of data are
 * divided at a time: what each of them adds to the remainder is looked up and the four are summed,
 * which is the "slicing" known from CRCs. Zeros before the data change nothing, so a length that is
 * no multiple of four begins with a shorter step.
 *
 * <p>Immutable; a degree's tables take 16 or 32 KB.
 */
final class ReedSolomon {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, BIG_ENDIAN);

  private static final int MOST = 30;

  private static final AtomicReferenceArray<ReedSolomon> OF_DEGREE =
      new AtomicReferenceArray<>(MOST + 1);

  private final int degree;
  private final int words;

  /** For the byte at distance d from the end of a step: the words from (d * 256 + byte) * words. */
  private final long[] table;

  private ReedSolomon(int degree) {
    this.degree = degree;
    words = degree <= 16 ? 2 : 4;
    table = new long[4 * 256 * words];
    var generator = Field.generator(degree);
    for (int bit = 0; bit < 8; bit++) {
      // A power of two times x^degree, and then times x for each further distance.
      var data = new byte[] {(byte) (1 << bit), 0, 0, 0};
      for (int distance = 0; distance < 4; distance++) {
        enter(distance, 1 << bit, Field.remainder(data, distance + 1, generator));
      }
    }
  }

  /** Enters the remainder of a power of two, and the sums with all lower numbers, known already. */
  private void enter(int distance, int power, int[] remainder) {
    for (int number = power; number < 2 * power; number++) {
      int at = (distance * 256 + number) * words;
      System.arraycopy(table, at - power * words, table, at, words);
      for (int i = 0; i < degree; i++) {
        table[at + i / 8] ^= (long) remainder[i] << (56 - i % 8 * 8);
      }
    }
  }

  /** Two threads may make the same one at the same time, which does no harm. */
  static ReedSolomon ofDegree(int degree) {
    var known = OF_DEGREE.getPlain(degree);
    if (known != null) {
      return known;
    }
    var made = new ReedSolomon(degree);
    OF_DEGREE.set(degree, made);
    return made;
  }

  /**
   * Divides.
   *
   * @param to gets as many bytes as the degree, and zeros up to 16 or 32 behind them
   */
  void remainder(byte[] data, int from, int length, byte[] to, int at) {
    int start = length & 3;
    int first = 0;
    for (int i = 0; i < start; i++) {
      first = first << 8 | (data[from + i] & 0xff);
    }
    if (words == 2) {
      two(data, from + start, from + length, first, to, at);
    } else {
      four(data, from + start, from + length, first, to, at);
    }
  }

  private void two(byte[] data, int from, int end, int first, byte[] to, int at) {
    var t = table;
    int step = first;
    long a = 0;
    long b = 0;
    for (int i = from; ; i += 4) {
      int p = 2 * (768 + (step >>> 24));
      int q = 2 * (512 + (step >>> 16 & 0xff));
      int r = 2 * (256 + (step >>> 8 & 0xff));
      int s = 2 * (step & 0xff);
      a = (a << 32 | b >>> 32) ^ t[p] ^ t[q] ^ t[r] ^ t[s];
      b = b << 32 ^ t[p + 1] ^ t[q + 1] ^ t[r + 1] ^ t[s + 1];
      if (i >= end) {
        break;
      }
      step = (int) INT.get(data, i) ^ (int) (a >>> 32);
    }
    WORD.set(to, at, a);
    WORD.set(to, at + 8, b);
  }

  private void four(byte[] data, int from, int end, int first, byte[] to, int at) {
    var t = table;
    int step = first;
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int i = from; ; i += 4) {
      int p = 4 * (768 + (step >>> 24));
      int q = 4 * (512 + (step >>> 16 & 0xff));
      int r = 4 * (256 + (step >>> 8 & 0xff));
      int s = 4 * (step & 0xff);
      a = (a << 32 | b >>> 32) ^ t[p] ^ t[q] ^ t[r] ^ t[s];
      b = (b << 32 | c >>> 32) ^ t[p + 1] ^ t[q + 1] ^ t[r + 1] ^ t[s + 1];
      c = (c << 32 | d >>> 32) ^ t[p + 2] ^ t[q + 2] ^ t[r + 2] ^ t[s + 2];
      d = d << 32 ^ t[p + 3] ^ t[q + 3] ^ t[r + 3] ^ t[s + 3];
      if (i >= end) {
        break;
      }
      step = (int) INT.get(data, i) ^ (int) (a >>> 32);
    }
    WORD.set(to, at, a);
    WORD.set(to, at + 8, b);
    WORD.set(to, at + 16, c);
    WORD.set(to, at + 24, d);
  }
}
