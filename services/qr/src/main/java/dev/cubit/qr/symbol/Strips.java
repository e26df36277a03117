package dev.cubit.qr.symbol;

/**
 * How the modules of one size are kept in words. A line is a column, from the top, or a row, from
 * the left; its modules are bits of a word, the first the lowest, so that a step along the line is
 * a shift.
 *
 * <p>Up to version 11 a line fits into one word. From 12 on the symbol is cut across its lines into
 * strips of 48 modules, and for scoring each word is widened by the modules before and behind, 4
 * and 12, so that all that has to be seen around a module is in the same word:
 *
 * <pre>
 *   bit   0..3       4..51             52..63
 *         before     the strip's own   behind
 * </pre>
 *
 * <p>The words of a strip stand together, one a line; then comes the next strip.
 *
 * @param size modules on a side
 * @param count strips
 */
record Strips(int size, int count) {
  private static final int OWN = 48;
  private static final int BEFORE = 4;

  /** What a line must leave free in a word: rule 3 looks so far beyond the end. */
  private static final int BEYOND = 3;

  static Strips of(int size) {
    return new Strips(size, size <= Long.SIZE - BEYOND ? 1 : (size + OWN - 1) / OWN);
  }

  /** Words of all strips. */
  int words() {
    return count * size;
  }

  /** Modules of a line that a strip can hold as its own. */
  int own() {
    return count == 1 ? Long.SIZE : OWN;
  }

  /** The bit of a widened word that is the first of the strip's own. */
  int firstBit() {
    return count == 1 ? 0 : BEFORE;
  }

  /** The place in its line of the lowest bit of a widened word; negative before the symbol. */
  int origin(int strip) {
    return strip * own() - firstBit();
  }

  /** The places of a line from the first to before the end, as bits of a widened word. */
  long places(int strip, int first, int end) {
    long bits = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      int place = origin(strip) + bit;
      bits |= (place >= first && place < end ? 1L : 0) << bit;
    }
    return bits;
  }

  /** The strip's own places, as bits of a widened word. */
  long ownPlaces(int strip) {
    return places(strip, strip * own(), Math.min((strip + 1) * own(), size));
  }

  /** Modules that are filled at a time: two chunks a strip. */
  int chunk() {
    return own() / 2;
  }

  int chunks() {
    return (size + chunk() - 1) / chunk();
  }

  /** Darkens a module in words that are not widened. */
  void darken(long[] words, int line, int place) {
    words[place / own() * size + line] |= 1L << place % own();
  }

  /**
   * Adds to each word what is before and behind it.
   *
   * @param from the first word to write, for each strip {@code step} further
   */
  void widen(long[] narrow, long[] wide, int from, int step) {
    if (count == 1) {
      System.arraycopy(narrow, 0, wide, from, size);
      return;
    }
    for (int strip = 0; strip < count; strip++) {
      for (int line = 0; line < size; line++) {
        int at = strip * size + line;
        long word = narrow[at] << BEFORE;
        if (strip > 0) {
          word |= narrow[at - size] >>> (OWN - BEFORE);
        }
        if (strip + 1 < count) {
          word |= narrow[at + size] << (OWN + BEFORE);
        }
        wide[from + strip * step + line] = word;
      }
    }
  }
}
