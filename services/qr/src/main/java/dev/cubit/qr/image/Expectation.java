package dev.cubit.qr.image;

import java.util.Arrays;

/**
 * How often each pattern of modules is to be expected in a block: as in symbols of modules that are
 * dark or light at random, with the finder patterns and the lines between them, of which a small
 * symbol is half. Always the same for a size, so that equal requests have equal answers.
 */
final class Expectation {
  /** A pattern that occurs once has this weight, a possible one at least 1. */
  static final int UNIT = 64;

  /** As many rows are looked at, in whole symbols, that chance has little part in it. */
  private static final int ROWS = 64;

  /** A finder pattern and the light frame to its right and below, from its top row. */
  private static final int[] FINDER = {0x7f, 0x41, 0x5d, 0x5d, 0x5d, 0x41, 0x7f, 0};

  private final int size;
  private final Cut cut;
  private final int[] blocks;
  private final int[] tails;

  private long random = 0x9e37_79b9_7f4a_7c15L;

  private Expectation(int size, Cut cut) {
    this.size = size;
    this.cut = cut;
    blocks = new int[cut.entries()];
    tails = new int[cut.entries()];
  }

  static Expectation of(int size, Cut cut) {
    var expectation = new Expectation(size, cut);
    int symbols = (ROWS + size - 1) / size;
    for (int symbol = 0; symbol < symbols; symbol++) {
      for (int row = 0; row < size; row++) {
        expectation.count(row);
      }
    }
    expectation.weigh(expectation.blocks, cut.entries(), symbols);
    // Beside the symbol all is light.
    int tailModules = size + cut.lead() - cut.blocks() * cut.blockModules();
    int possible = Math.min(cut.entries(), 1 << tailModules);
    expectation.weigh(expectation.tails, possible, symbols);
    return expectation;
  }

  /** The weight of a block in a whole symbol. */
  int block(int modules) {
    return blocks[modules];
  }

  int tail(int modules) {
    return tails[modules];
  }

  /**
   * Patterns that are clearly more frequent than others keep their count; the others differ by
   * chance and get the same.
   */
  private void weigh(int[] counts, int possible, int symbols) {
    int all = Arrays.stream(counts).sum();
    double mean = (double) all / possible;
    double frequent = mean + 3 * Math.sqrt(mean) + 1;
    int rest = 0;
    int restCount = 0;
    for (int i = 0; i < possible; i++) {
      if (counts[i] < frequent) {
        rest++;
        restCount += counts[i];
      }
    }
    int usual = rest == 0 ? 1 : Math.max(1, restCount * UNIT / (rest * symbols));
    for (int i = 0; i < possible; i++) {
      counts[i] = counts[i] < frequent ? usual : counts[i] * UNIT / symbols;
    }
  }

  private void count(int row) {
    long low = next();
    long middle = next();
    long high = next();
    int mask = cut.entries() - 1;
    int column = -cut.lead();
    for (int i = 0; i <= cut.blocks(); i++) {
      int modules = 0;
      for (int bit = 0; bit <= cut.blockModules(); bit++) {
        modules |= module(column + bit, row, low, middle, high) << bit;
      }
      (i < cut.blocks() ? blocks : tails)[modules & mask]++;
      column += cut.blockModules();
    }
  }

  private int module(int column, int row, long low, long middle, long high) {
    if (column < 0 || column >= size) {
      return 0;
    }
    boolean isMicro = size < 21;
    int right = size - 1 - column;
    int bottom = size - 1 - row;
    if (column < 8 && row < 8) {
      return FINDER[row] >>> column & 1;
    }
    if (right < 8 && row < 8 && !isMicro) {
      return FINDER[row] >>> right & 1;
    }
    if (column < 8 && bottom < 8 && !isMicro) {
      return FINDER[bottom] >>> column & 1;
    }
    int line = isMicro ? 0 : 6;
    if (row == line || column == line) {
      return (row + column + 1) & 1;
    }
    long word = column < 64 ? low : column < 128 ? middle : high;
    return (int) (word >>> column) & 1;
  }

  /** Xorshift (Marsaglia 2003). */
  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }
}
