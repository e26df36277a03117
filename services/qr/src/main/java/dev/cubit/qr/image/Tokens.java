package dev.cubit.qr.image;

/** What a deflate block is made of. */
interface Tokens {
  /** A byte as it is. */
  void literal(int value);

  /**
   * A copy of what has been.
   *
   * @param length 3 at least; more than one match can say is several
   * @param distance how far back, 1 to 32,768
   */
  void run(int length, int distance);
}
