package dev.cubit.qr.symbol;

/** The eight patterns that data modules are inverted by (ISO/IEC 18004, table 10). */
final class Mask {
  static final int COUNT = 8;

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
}
