package dev.cubit.qr.symbol;

/**
 * How the modules of one size are kept in words: a word holds some rows of one column, the upper in
 * the lower bits, so that a step along the word is a shift and a step across it is the next word.
 *
 * <p>Up to version 11 a column fits into one word. From 12 on the symbol is cut into strips of 48
 * rows, and for scoring each word is widened by the rows around it, 4 above and 12 below, so that
 * all that has to be seen around a module is in the same word:
 *
 * <pre>
 *   bit   0..3       4..51             52..63
 *         above      the strip's own   below
 * </pre>
 *
 * <p>A strip has a word a column and {@link #GAP} empty ones: the light modules beside the symbol.
 *
 * @param size modules on a side
 * @param count strips
 */
record Strips(int size, int count) {
  /** As far as rule 3 looks beyond a symbol. */
  static final int GAP = 4;

  private static final int OWN_ROWS = 48;
  private static final int ABOVE = 4;

  static Strips of(int size) {
    return new Strips(size, size <= 64 - 3 ? 1 : (size + OWN_ROWS - 1) / OWN_ROWS);
  }

  /** Words of one strip. */
  int width() {
    return size + GAP;
  }

  /** Words of all strips. */
  int words() {
    return count * width();
  }

  private int ownRows() {
    return count == 1 ? Long.SIZE : OWN_ROWS;
  }

  /** The bit of a widened word that is the first row of the strip's own. */
  int firstBit() {
    return count == 1 ? 0 : ABOVE;
  }

  /** The row that the lowest bit of a widened word is; negative above the symbol. */
  int firstRow(int strip) {
    return strip * ownRows() - firstBit();
  }

  /** Rows that a strip has to itself. */
  int rows(int strip) {
    return Math.min(ownRows(), size - strip * ownRows());
  }

  /** The rows of the symbol from the first to before the last, as bits of a widened word. */
  long rows(int strip, int first, int end) {
    long bits = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      int row = firstRow(strip) + bit;
      if (row >= first && row < end) {
        bits |= 1L << bit;
      }
    }
    return bits;
  }

  /** The rows that the strip has to itself, of those from the first to before the last. */
  long ownRows(int strip, int first, int end) {
    int own = strip * ownRows();
    return rows(strip, Math.max(first, own), Math.min(end, own + rows(strip)));
  }

  /** Rows that are filled at a time: two a strip. */
  int chunkRows() {
    return ownRows() / 2;
  }

  int chunks() {
    return (size + chunkRows() - 1) / chunkRows();
  }

  /** Darkens a module in words that are not widened. */
  void darken(long[] words, int column, int row) {
    words[row / ownRows() * width() + column] |= 1L << row % ownRows();
  }

  /** Adds to each word the rows above and below it. With one strip there are none. */
  void widen(long[] narrow, long[] wide) {
    int width = width();
    for (int strip = 0; strip < count; strip++) {
      for (int i = strip * width; i < (strip + 1) * width; i++) {
        long word = narrow[i] << ABOVE;
        if (strip > 0) {
          word |= narrow[i - width] >>> (OWN_ROWS - ABOVE);
        }
        if (strip + 1 < count) {
          word |= narrow[i + width] << (OWN_ROWS + ABOVE);
        }
        wide[i] = word;
      }
    }
  }
}
