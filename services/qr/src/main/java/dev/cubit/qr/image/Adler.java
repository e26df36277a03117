package dev.cubit.qr.image;

/**
 * The check sum of a zlib stream (RFC 1950, 8.2), by rows: {@code a} is 1 and the sum of all bytes,
 * {@code b} the sum of all values that {@code a} has had. Both are reduced at the end only: for
 * 10,000 rows of 1,251 bytes they stay below 2^55. Owned by one thread.
 */
final class Adler {
  private static final int MODULUS = 65_521;

  private long a;
  private long b;

  void clear() {
    a = 1;
    b = 0;
  }

  /**
   * Adds a row several times.
   *
   * @param bytes of the row
   * @param sum of its bytes
   * @param weighted the sum of its bytes, each times the number of bytes from it to the row's end
   */
  void add(int times, int bytes, long sum, long weighted) {
    long pairs = (long) times * (times - 1) / 2;
    b += times * (bytes * a + weighted) + bytes * sum * pairs;
    a += times * sum;
  }

  /** Takes away what has been added too much. */
  void subtract(long fromA, long fromB) {
    a -= fromA;
    b -= fromB;
  }

  int value() {
    return (int) (b % MODULUS << 16 | a % MODULUS);
  }
}
