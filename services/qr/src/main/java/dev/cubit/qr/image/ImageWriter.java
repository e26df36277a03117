package dev.cubit.qr.image;

import dev.cubit.qr.symbol.Symbol;

/** From modules to a file. Owned by one thread. */
public final class ImageWriter {
  private final PngWriter png = new PngWriter();

  /**
   * Draws a symbol.
   *
   * @throws ImageException if the picture is too small for the symbol with its quiet zone
   */
  public byte[] write(Symbol symbol, Style style, Format format) {
    return switch (format) {
      case PNG -> png.write(symbol, style);
      case SVG -> Vectors.svg(symbol, style);
      case PDF -> Vectors.pdf(symbol, style);
      case EPS -> Vectors.eps(symbol, style);
      case TEXT -> Blocks.text(symbol, style.quietZone());
    };
  }
}
