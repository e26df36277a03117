package dev.cubit.qr.symbol;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Puts codewords into the columns of a symbol, turns columns into rows, and masks them. Owned by
 * one thread; only the symbol is allocated.
 */
final class Canvas {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private static final long LOWER = 0x5555_5555_5555_5555L;
  private static final long HIGHER = ~LOWER;

  private static final int MOST_WORDS = Strips.of(Capacity.size(Capacity.VERSIONS)).words();

  private final MaskScore score = new MaskScore();
  private final long[] columns = new long[MOST_WORDS];
  private final long[] rows = new long[MOST_WORDS];
  private final long[] lines = new long[2 * MOST_WORDS];
  private final long[] square = new long[Long.SIZE];

  /**
   * Draws a symbol.
   *
   * @param stream all codewords in their final order, and at least 8 zeros behind them
   * @param mask 0 to 7, or negative for the best
   */
  Symbol draw(Template template, Level level, byte[] stream, int mask) {
    var strips = template.strips;
    int size = strips.size();
    System.arraycopy(template.dark, 0, columns, 0, strips.words());
    fill(template, stream);
    transpose(strips);
    var flips = template.flips(level);
    strips.widen(rows, lines, size, 2 * size);
    int chosen = mask;
    if (mask < 0) {
      strips.widen(columns, lines, 0, 2 * size);
      chosen = score.best(template, lines, flips);
    }
    return new Symbol(size, level, chosen, masked(template, flips, chosen));
  }

  /** Two columns at a time, from the right, up and down in turn (ISO/IEC 18004, 7.7.3). */
  private void fill(Template template, byte[] stream) {
    var strips = template.strips;
    var slots = template.slots;
    int chunks = strips.chunks();
    int bit = 0;
    boolean up = true;
    int slot = 0;
    for (int right = strips.size() - 1; right > 0; right -= right == 8 ? 3 : 2) {
      for (int i = 0; i < chunks; i++) {
        long mask = slots[slot++];
        if (up) {
          fillUp(strips, right, chunks - 1 - i, mask, next64(stream, bit));
        } else {
          fillDown(strips, right, i, mask, next64(stream, bit));
        }
        bit += Long.bitCount(mask);
      }
      up = !up;
    }
  }

  private void fillUp(Strips strips, int right, int chunk, long mask, long stream) {
    // Of an empty mask the shift is by 64, which is by none, and nothing is taken.
    long bits = Long.expand(stream >>> -Long.bitCount(mask), mask);
    put(strips, right, chunk, Long.compress(bits, HIGHER), Long.compress(bits, LOWER));
  }

  private void fillDown(Strips strips, int right, int chunk, long mask, long stream) {
    long bits = Long.expand(Long.reverse(stream), mask);
    put(strips, right, chunk, Long.compress(bits, LOWER), Long.compress(bits, HIGHER));
  }

  private void put(Strips strips, int right, int chunk, long rightBits, long leftBits) {
    int at = (chunk >> 1) * strips.size() + right;
    int shift = (chunk & 1) * strips.chunk();
    columns[at] |= rightBits << shift;
    columns[at - 1] |= leftBits << shift;
  }

  private static long next64(byte[] stream, int bit) {
    int at = bit >>> 3;
    int within = bit & 7;
    return (long) WORD.get(stream, at) << within | (stream[at + 8] & 0xff) >>> (8 - within);
  }

  private void transpose(Strips strips) {
    int size = strips.size();
    int own = strips.own();
    for (int below = 0; below < strips.count(); below++) {
      for (int across = 0; across < strips.count(); across++) {
        int count = Math.min(own, size - across * own);
        System.arraycopy(columns, below * size + across * own, square, 0, count);
        int side = size <= 32 ? 32 : 64;
        Arrays.fill(square, count, side, 0);
        transpose(square, side);
        count = Math.min(own, size - below * own);
        System.arraycopy(square, 0, rows, across * size + below * own, count);
      }
    }
  }

  /**
   * Swaps the bits of a square: blocks of half the side are exchanged across the diagonal, then
   * blocks of half of that, and so on (H. S. Warren, Hacker's Delight, 7-3).
   *
   * @param side 32 or 64; the words beyond it and the bits beyond it are 0
   */
  private static void transpose(long[] square, int side) {
    int half = side / 2;
    // In groups of half as many bits as a block has, every second group.
    for (long low = side == 64 ? 0xffff_ffffL : 0xffff_0000_ffffL; half > 0; low ^= low << half) {
      for (int i = 0; i < side; i = (i | half) + 1 & ~half) {
        long swapped = (square[i] >>> half ^ square[i | half]) & low;
        square[i] ^= swapped << half;
        square[i | half] ^= swapped;
      }
      half >>= 1;
    }
  }

  private long[] masked(Template template, long[] flips, int mask) {
    return template.scopes.length == 1
        ? maskedWords(template.strips.size(), flips, mask)
        : maskedStrips(template, flips, mask);
  }

  /** Where a row is a word already. */
  private long[] maskedWords(int size, long[] flips, int mask) {
    var result = new long[size];
    for (int row = 0; row < size; row++) {
      result[row] = lines[size + row] ^ flips[(size + row) * Mask.COUNT + mask];
    }
    return result;
  }

  /** From strips to whole words of 64 modules. */
  private long[] maskedStrips(Template template, long[] flips, int mask) {
    var strips = template.strips;
    int size = strips.size();
    int words = (size + 63) / 64;
    var result = new long[size * words];
    for (int strip = 0; strip < strips.count(); strip++) {
      int first = strip * strips.own();
      int shift = first % 64;
      long own = template.scopes[strip].own();
      for (int row = 0; row < size; row++) {
        int line = (2 * strip + 1) * size + row;
        long word = (lines[line] ^ flips[line * Mask.COUNT + mask]) & own;
        word >>>= strips.firstBit();
        int at = row * words + first / 64;
        result[at] |= word << shift;
        if (shift + strips.own() > 64 && at + 1 < (row + 1) * words) {
          result[at + 1] |= word >>> (64 - shift);
        }
      }
    }
    return result;
  }
}
