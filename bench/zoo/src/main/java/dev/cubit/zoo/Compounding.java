package dev.cubit.zoo;

/** Arithmetic that takes time; each step needs the one before. */
final class Compounding {
  private Compounding() {}

  /** About 4 ns a step. */
  static double interest(long seed, int steps) {
    long x = seed | 1;
    double sum = 1;
    for (int i = 0; i < steps; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
      sum = Math.sqrt(sum + (x & 0xffff));
    }
    return sum;
  }
}
