package dev.cubit.qr.symbol;

/** The eight patterns that data modules are inverted by (ISO/IEC 18004, table 10). */
final class Mask {
  static final int COUNT = 8;

  /** Modules after which all of them repeat, in both directions. */
  private static final int PERIOD = 12;

  private Mask() {}

  static boolean inverts(int mask, int column, int row) {
    int product = column * row;
    return switch (mask) {
      case 0 -> (row + column) % 2 == 0;
      case 1 -> row % 2 == 0;
      case 2 -> column % 3 == 0;
      case 3 -> (row + column) % 3 == 0;
      case 4 -> (row / 2 + column / 3) % 2 == 0;
      case 5 -> product % 2 + product % 3 == 0;
      case 6 -> (product % 2 + product % 3) % 2 == 0;
      default -> ((row + column) % 2 + product % 3) % 2 == 0;
    };
  }

  /** 64 modules of a column, from a row that can be up to a period above the symbol. */
  static long ofColumn(int mask, int column, int firstRow) {
    long period = 0;
    for (int i = 0; i < PERIOD; i++) {
      period |= (inverts(mask, column, firstRow + PERIOD + i) ? 1L : 0) << i;
    }
    return repeated(period);
  }

  /** 64 modules of a row, from a column that can be up to a period left of the symbol. */
  static long ofRow(int mask, int row, int firstColumn) {
    long period = 0;
    for (int i = 0; i < PERIOD; i++) {
      period |= (inverts(mask, firstColumn + PERIOD + i, row) ? 1L : 0) << i;
    }
    return repeated(period);
  }

  private static long repeated(long period) {
    long twice = period | period << PERIOD;
    return twice | twice << (2 * PERIOD) | twice << (4 * PERIOD);
  }
}
