package dev.cubit.qr.symbol;

/** The 15 bits that tell a reader the level and the mask (ISO/IEC 18004, 7.9). */
final class FormatInformation {
  private static final int GENERATOR = 0x537;
  private static final int MODEL_2 = 0x5412;
  private static final int MICRO = 0x4445;

  /** By level; weakest first these are not in order. */
  private static final int[] LEVEL_BITS = {1, 0, 3, 2};

  private FormatInformation() {}

  /** Appends the check bits of a BCH code. */
  static int protect(int data, int checkBits, int generator) {
    int remainder = data;
    for (int i = 0; i < checkBits; i++) {
      remainder = remainder << 1 ^ (remainder >>> (checkBits - 1)) * generator;
    }
    return data << checkBits | remainder;
  }

  /** The bits for a Micro QR code. */
  static int micro(int symbolNumber, int mask) {
    return protect(symbolNumber << 2 | mask, 10, GENERATOR) ^ MICRO;
  }

  /** Darkens both copies. */
  static void draw(Level level, int mask, Grid grid) {
    int bits = protect(LEVEL_BITS[level.index] << 3 | mask, 10, GENERATOR) ^ MODEL_2;
    int size = grid.strips.size();
    for (int i = 0; i < 15; i++) {
      if ((bits >>> i & 1) != 0) {
        // From the top down and round the corner to the left, past the timing patterns.
        grid.darken(i < 8 ? 8 : i == 8 ? 7 : 14 - i, i < 6 ? i : i < 8 ? i + 1 : 8);
        // From the right, and on at the bottom.
        grid.darken(i < 8 ? size - 1 - i : 8, i < 8 ? 8 : size - 15 + i);
      }
    }
  }
}
