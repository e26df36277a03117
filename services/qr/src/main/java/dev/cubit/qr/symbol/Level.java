package dev.cubit.qr.symbol;

/**
 * How much of a symbol may be lost before it cannot be read, weakest first: about 7, 15, 25 and 30
 * percent of its codewords (ISO/IEC 18004, 6.5.1).
 */
public enum Level {
  L,
  M,
  Q,
  H
}
