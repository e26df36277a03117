package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;
import java.util.Arrays;

/** Draws the rows of pixels that differ: one for each line of modules, and the light one around. */
record Painter(Symbol symbol, Layout layout) {
  private static final int LIGHT = 0xff;

  /** The line that is the light rows below; that of those above is -1. */
  int lastLine() {
    return symbol.size();
  }

  /** How many rows of pixels a line of modules is; the lines around the symbol are the margins. */
  int times(int line) {
    return line < 0 ? layout.top() : line < symbol.size() ? layout.module() : layout.bottom();
  }

  /** Makes a row of pixels, with the filter that changes nothing before it. */
  void paint(int line, byte[] row) {
    Arrays.fill(row, (byte) LIGHT);
    row[0] = 0;
    if (line >= 0 && line < symbol.size()) {
      for (int column = 0; column < symbol.size(); column++) {
        if (symbol.isDark(column, line)) {
          int from = layout.left() + column * layout.module();
          darken(row, from, from + layout.module());
        }
      }
    }
  }

  private static void darken(byte[] row, int from, int end) {
    int first = 1 + from / 8;
    int last = 1 + (end - 1) / 8;
    int head = LIGHT >> from % 8;
    int tail = LIGHT << (7 - (end - 1) % 8);
    if (first == last) {
      row[first] &= (byte) ~(head & tail);
    } else {
      row[first] &= (byte) ~head;
      Arrays.fill(row, first + 1, last, (byte) 0);
      row[last] &= (byte) ~tail;
    }
  }

  /** The check sum of the whole picture. */
  void checkSum(Adler adler, byte[] row) {
    adler.clear();
    for (int line = -1; line <= lastLine(); line++) {
      if (times(line) > 0) {
        paint(line, row);
        add(adler, row, times(line));
      }
    }
  }

  private static void add(Adler adler, byte[] row, int times) {
    long sum = 0;
    long weighted = 0;
    for (byte b : row) {
      sum += b & 0xff;
      weighted += sum;
    }
    adler.add(times, row.length, sum, weighted);
  }
}
