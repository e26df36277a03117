package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;

/** The dark modules of a symbol as the fewest rectangles of one row each. */
final class Runs {
  /** Takes a rectangle, in modules from the top left corner. */
  @FunctionalInterface
  interface Taker {
    void take(int column, int row, int length);
  }

  private Runs() {}

  static void of(Symbol symbol, Taker taker) {
    for (int row = 0; row < symbol.size(); row++) {
      for (int column = 0; column < symbol.size(); column++) {
        int from = column;
        while (column < symbol.size() && symbol.isDark(column, row)) {
          column++;
        }
        if (column > from) {
          taker.take(from, row, column - from);
        }
      }
    }
  }
}
