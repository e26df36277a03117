package dev.cubit.qr.symbol;

/** Modules as columns and as rows, not widened. Its owner's thread only. */
record Grid(Strips strips, long[] columns, long[] rows) {
  static Grid empty(Strips strips) {
    return new Grid(strips, new long[strips.words()], new long[strips.words()]);
  }

  void darken(int column, int row) {
    strips.darken(columns, column, row);
    strips.darken(rows, row, column);
  }

  /** For each strip its columns, then its rows, widened. */
  long[] lines() {
    int size = strips.size();
    var lines = new long[2 * strips.words()];
    strips.widen(columns, lines, 0, 2 * size);
    strips.widen(rows, lines, size, 2 * size);
    return lines;
  }
}
