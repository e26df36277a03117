package dev.cubit.qr.symbol;

/** GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1, in which Reed-Solomon codes of symbols are. */
final class Field {
  private static final int MODULUS = 0x11d;

  private Field() {}

  static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = product << 1 ^ (product >>> 7) * MODULUS;
      product ^= (b >>> bit & 1) * a;
    }
    return product;
  }

  /**
   * The generator polynomial: the product of (x - 2^i) for i below the degree.
   *
   * @return its coefficients from the second highest power down; the highest is 1
   */
  static int[] generator(int degree) {
    var coefficients = new int[degree];
    coefficients[degree - 1] = 1;
    int root = 1;
    for (int i = 0; i < degree; i++) {
      for (int j = 0; j < degree; j++) {
        coefficients[j] = multiply(coefficients[j], root);
        if (j + 1 < degree) {
          coefficients[j] ^= coefficients[j + 1];
        }
      }
      root = multiply(root, 2);
    }
    return coefficients;
  }

  /** The remainder of data times x^degree by the generator, one byte at a time. */
  static int[] remainder(byte[] data, int length, int[] generator) {
    var remainder = new int[generator.length];
    for (int i = 0; i < length; i++) {
      int factor = (data[i] & 0xff) ^ remainder[0];
      for (int j = 0; j < generator.length; j++) {
        int next = j + 1 < generator.length ? remainder[j + 1] : 0;
        remainder[j] = next ^ multiply(generator[j], factor);
      }
    }
    return remainder;
  }
}
