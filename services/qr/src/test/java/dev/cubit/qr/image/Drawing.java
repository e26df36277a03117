package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;

/** What a picture is to show, pixel by pixel: the slow and obvious way. */
record Drawing(Symbol symbol, Style style) {
  /** Pixels on a module's side. */
  int module() {
    return Math.min(style.width(), style.height()) / (symbol.size() + 2 * style.quietZone());
  }

  boolean isDark(int x, int y) {
    int drawn = module() * symbol.size();
    int column = Math.floorDiv(x - (style.width() - drawn) / 2, module());
    int row = Math.floorDiv(y - (style.height() - drawn) / 2, module());
    return column >= 0
        && row >= 0
        && column < symbol.size()
        && row < symbol.size()
        && symbol.isDark(column, row);
  }

  Rgba colour(int x, int y) {
    return isDark(x, y) ? style.dark() : style.light();
  }

  int stride() {
    return 1 + (style.width() + 7) / 8;
  }

  /** The rows as PNG has them: filter 0, then a bit a pixel; 1 is light, also behind the last. */
  byte[] raster() {
    var raster = new byte[style.height() * stride()];
    for (int y = 0; y < style.height(); y++) {
      for (int x = 0; x < 8 * (stride() - 1); x++) {
        if (x >= style.width() || !isDark(x, y)) {
          raster[y * stride() + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return raster;
  }
}
