package dev.cubit.qr.symbol;

/**
 * A QR code as a square of modules, without the light frame around it. Immutable.
 *
 * <p>Rows are words, so that who draws them can take many modules at once.
 */
public final class Symbol {
  private final int size;
  private final Level level;
  private final int mask;
  private final long[] rows;

  /**
   * Takes the rows over.
   *
   * @param size modules on a side: 21 to 177, for a Micro QR code 11 to 17
   * @param rows for each row, from the top, {@link #wordsPerRow} words: bit {@code c % 64} of word
   *     {@code c / 64} is the module in column c, 1 is dark; bits beyond the last column are 0
   */
  public Symbol(int size, Level level, int mask, long[] rows) {
    if (rows.length != size * wordsPerRow(size)) {
      throw new IllegalArgumentException(rows.length + " words for a size of " + size);
    }
    this.size = size;
    this.level = level;
    this.mask = mask;
    this.rows = rows;
  }

  /** Modules on a side, 21 to 177, for a Micro QR code 11 to 17. */
  public int size() {
    return size;
  }

  /** Whether it is a Micro QR code. */
  public boolean isMicro() {
    return size < 21;
  }

  /** 1 to 40, for a Micro QR code 1 to 4. */
  public int version() {
    return isMicro() ? (size - 9) / 2 : (size - 17) / 4;
  }

  /** The error correction that it has; M1 has none and says L. */
  public Level level() {
    return level;
  }

  /** 0 to 7, for a Micro QR code 0 to 3. */
  public int mask() {
    return mask;
  }

  /** Whether a module is dark; both coordinates count from the top left corner, from 0. */
  public boolean isDark(int column, int row) {
    return (rows[row * wordsPerRow() + column / 64] >>> column & 1) != 0;
  }

  /** How many words a row is, 1 to 3. */
  public int wordsPerRow() {
    return wordsPerRow(size);
  }

  /** 64 modules of a row, the leftmost in the lowest bit, 1 is dark, 0 beyond the last column. */
  public long word(int row, int index) {
    return rows[row * wordsPerRow() + index];
  }

  private static int wordsPerRow(int size) {
    return (size + 63) / 64;
  }
}
