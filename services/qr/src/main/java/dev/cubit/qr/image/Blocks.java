package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.qr.symbol.Symbol;

/** A symbol in characters: two rows a line, light modules drawn, as terminals are dark. */
final class Blocks {
  private Blocks() {}

  static byte[] text(Symbol symbol, int quietZone) {
    int end = symbol.size() + quietZone;
    var text = new StringBuilder();
    for (int row = -quietZone; row < end; row += 2) {
      for (int column = -quietZone; column < end; column++) {
        boolean upper = isLight(symbol, column, row);
        boolean lower = row + 1 < end && isLight(symbol, column, row + 1);
        text.append(upper ? lower ? '\u2588' : '\u2580' : lower ? '\u2584' : ' ');
      }
      text.append('\n');
    }
    return text.toString().getBytes(UTF_8);
  }

  private static boolean isLight(Symbol symbol, int column, int row) {
    boolean isInside = column >= 0 && row >= 0 && column < symbol.size() && row < symbol.size();
    return !isInside || !symbol.isDark(column, row);
  }
}
