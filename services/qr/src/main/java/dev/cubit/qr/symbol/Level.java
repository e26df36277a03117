package dev.cubit.qr.symbol;

/**
 * How much of a symbol may be lost before it cannot be read, weakest first: about 7, 15, 25 and 30
 * percent of its codewords (ISO/IEC 18004, 6.5.1).
 */
public enum Level {
  L(0),
  M(1),
  Q(2),
  H(3);

  /** Its place in tables. */
  final int index;

  Level(int index) {
    this.index = index;
  }
}
