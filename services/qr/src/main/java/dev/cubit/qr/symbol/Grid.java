package dev.cubit.qr.symbol;

/** Modules as columns and as rows, not widened. Owned by one thread. */
final class Grid {
  final Strips strips;
  final long[] columns;
  final long[] rows;

  Grid(Strips strips) {
    this.strips = strips;
    columns = new long[strips.words()];
    rows = new long[strips.words()];
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
