package dev.cubit.qr.symbol;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Puts codewords into the modules of a symbol, masks it, and turns columns into rows. Owned by one
 * thread; only the rows are allocated.
 */
final class Canvas {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private static final long LOWER = 0x5555_5555_5555_5555L;
  private static final long HIGHER = ~LOWER;

  private static final int MOST_WORDS = Strips.of(Capacity.size(Capacity.VERSIONS)).words();

  private final MaskScore score = new MaskScore();
  private final long[] narrow = new long[MOST_WORDS];
  private final long[] wide = new long[MOST_WORDS];
  private final long[] square = new long[Long.SIZE];

  /**
   * Draws a symbol.
   *
   * @param stream all codewords in their final order, and at least 8 zeros behind them
   * @param mask 0 to 7, or negative for the best
   */
  Symbol draw(Template template, Level level, byte[] stream, int mask) {
    var strips = template.strips;
    System.arraycopy(template.dark, 0, narrow, 0, strips.words());
    fill(template, stream);
    var columns = narrow;
    if (strips.count() > 1) {
      strips.widen(narrow, wide);
      columns = wide;
    }
    var flips = template.flips(level);
    int chosen = mask >= 0 ? mask : score.best(template, columns, flips);
    return new Symbol(strips.size(), level, chosen, rows(strips, columns, flips, chosen));
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
      bit =
          up
              ? fillUp(strips, right, slots, slot, stream, bit)
              : fillDown(strips, right, slots, slot, stream, bit);
      slot += chunks;
      up = !up;
    }
  }

  private int fillUp(
      Strips strips, int right, long[] slots, int slot, byte[] stream, int firstBit) {
    int bit = firstBit;
    int chunks = strips.chunks();
    for (int i = 0; i < chunks; i++) {
      long mask = slots[slot + i];
      int count = Long.bitCount(mask);
      // Of a full word nothing is shifted out; of an empty mask nothing is taken.
      long bits = Long.expand(next64(stream, bit) >>> -count, mask);
      bit += count;
      put(strips, right, chunks - 1 - i, Long.compress(bits, HIGHER), Long.compress(bits, LOWER));
    }
    return bit;
  }

  private int fillDown(
      Strips strips, int right, long[] slots, int slot, byte[] stream, int firstBit) {
    int bit = firstBit;
    int chunks = strips.chunks();
    for (int i = 0; i < chunks; i++) {
      long mask = slots[slot + i];
      long bits = Long.expand(Long.reverse(next64(stream, bit)), mask);
      bit += Long.bitCount(mask);
      put(strips, right, i, Long.compress(bits, LOWER), Long.compress(bits, HIGHER));
    }
    return bit;
  }

  private void put(Strips strips, int right, int chunk, long rightBits, long leftBits) {
    int at = (chunk >> 1) * strips.width() + right;
    int shift = (chunk & 1) * strips.chunkRows();
    narrow[at] |= rightBits << shift;
    narrow[at - 1] |= leftBits << shift;
  }

  private static long next64(byte[] stream, int bit) {
    int at = bit >>> 3;
    int within = bit & 7;
    return (long) WORD.get(stream, at) << within | (stream[at + 8] & 0xff) >>> (8 - within);
  }

  private long[] rows(Strips strips, long[] columns, long[] flips, int mask) {
    int size = strips.size();
    int width = strips.width();
    int words = (size + 63) / 64;
    var rows = new long[size * words];
    for (int strip = 0; strip < strips.count(); strip++) {
      int flip = (strip * Mask.COUNT + mask) * width;
      for (int word = 0; word < words; word++) {
        int first = word * 64;
        int count = Math.min(64, size - first);
        for (int i = 0; i < count; i++) {
          square[i] = columns[strip * width + first + i] ^ flips[flip + first + i];
        }
        for (int i = count; i < 64; i++) {
          square[i] = 0;
        }
        transpose(square, size <= 32 ? 32 : 64);
        int row = strips.firstRow(strip) + strips.firstBit();
        for (int i = 0; i < strips.rows(strip); i++) {
          rows[(row + i) * words + word] = square[strips.firstBit() + i];
        }
      }
    }
    return rows;
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
}
