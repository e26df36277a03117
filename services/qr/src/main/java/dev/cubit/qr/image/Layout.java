package dev.cubit.qr.image;

import java.util.Locale;

/**
 * Where the modules stand: squares of a whole number of pixels, as large as fits with the quiet
 * zone, in the middle.
 *
 * @param size modules on a side
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param module pixels on a module's side
 * @param left pixels before the first column
 * @param top pixels above the first row
 */
record Layout(int size, int width, int height, int module, int left, int top) {
  /**
   * Finds the layout.
   *
   * @throws ImageException if a module would be less than a pixel
   */
  static Layout of(int size, Style style) {
    int least = size + 2 * style.quietZone();
    int module = Math.min(style.width(), style.height()) / least;
    if (module == 0) {
      throw new ImageException(
          String.format(
              Locale.ROOT,
              "the picture is too small: this symbol and its quiet zone need at least %d x %d"
                  + " pixels",
              least,
              least));
    }
    int drawn = module * size;
    return new Layout(
        size,
        style.width(),
        style.height(),
        module,
        (style.width() - drawn) / 2,
        (style.height() - drawn) / 2);
  }

  /** Bytes of a row of pixels, eight to a byte. */
  int rowBytes() {
    return (width + 7) / 8;
  }

  /** Bytes of a row in a PNG: its filter, then its pixels. */
  int stride() {
    return 1 + rowBytes();
  }

  /** Pixels on the symbol's side. */
  int drawn() {
    return module * size;
  }

  /** The first byte of a row that has pixels of the symbol. */
  int firstByte() {
    return left / 8;
  }

  /** The byte behind the last that has pixels of the symbol. */
  int endByte() {
    return (left + drawn() + 7) / 8;
  }

  /** Rows below the symbol. */
  int bottom() {
    return height - top - drawn();
  }
}
