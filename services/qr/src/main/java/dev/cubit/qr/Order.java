package dev.cubit.qr;

import dev.cubit.qr.image.Format;
import dev.cubit.qr.image.Style;
import dev.cubit.qr.symbol.SymbolOptions;

/**
 * All that makes one picture, but for what it says.
 *
 * @param style with the size that the picture has before {@code fit} changes it
 * @param part 1 to {@code parts}: which of the symbols that the text is spread over
 * @param fileName without its extension; empty if the picture is to be shown and not saved
 * @param options where it came from, for problems that only show in the work
 */
record Order(
    SymbolOptions symbol,
    Style style,
    Fit fit,
    Format format,
    int part,
    int parts,
    String fileName,
    Options options) {

  /** For a text alone: 300 x 300 pixels, PNG, level M. */
  static final Order DEFAULT =
      new Order(
          SymbolOptions.DEFAULT,
          Style.DEFAULT,
          new Fit.Exact(),
          Format.PNG,
          1,
          1,
          "",
          Options.empty());

  /** Whether it is {@link #DEFAULT} itself. */
  @SuppressWarnings("ReferenceEquality") // Hot path: an equal one is as right, only slower.
  boolean isDefault() {
    return this == DEFAULT;
  }
}
