package dev.cubit.qr;

/** A QR code as a square of modules, without the light frame around it. */
interface Symbol {
  /** Modules on a side, 21 to 177. */
  int size();

  /** Whether a module is dark; both coordinates count from the top left corner, from 0. */
  boolean isDark(int column, int row);
}
