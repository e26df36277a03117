package dev.cubit.qr;

import dev.cubit.qr.image.Style;
import dev.cubit.qr.symbol.Symbol;
import dev.cubit.server.ProblemException;

/** How the size of a picture follows from its symbol. */
sealed interface Fit {
  /** Not at all: the picture is as large as asked for. */
  record Exact() implements Fit {
    @Override
    public Style style(Symbol symbol, Style style) {
      return style;
    }
  }

  /**
   * Modules of a given size, as npm's qrcode has them.
   *
   * @param pixels of a module's side
   */
  record Scale(int pixels) implements Fit {
    @Override
    public Style style(Symbol symbol, Style style) {
      long side = (symbol.size() + 2L * style.quietZone()) * pixels;
      if (side > Size.MOST) {
        throw ProblemException.parameter(
            "scale",
            "with modules of %d pixels the picture is %d pixels wide; it can have %d: lower 'scale'"
                .formatted(pixels, side, Size.MOST));
      }
      return new Style((int) side, (int) side, style.quietZone(), style.dark(), style.light());
    }
  }

  /**
   * A margin in pixels besides the quiet zone, as goqr.me has it.
   *
   * @param pixels that are light at least, outside of the quiet zone, on every side
   */
  record Margin(int pixels) implements Fit {
    /** The thinnest quiet zone that leaves the margin free; modules are as large as that allows. */
    @Override
    public Style style(Symbol symbol, Style style) {
      int side = Math.min(style.width(), style.height());
      for (int zone = style.quietZone(); zone <= 100; zone++) {
        int module = side / (symbol.size() + 2 * zone);
        int free = (side - module * symbol.size()) / 2;
        if (module > 0 && free >= pixels + module * style.quietZone()) {
          return new Style(style.width(), style.height(), zone, style.dark(), style.light());
        }
      }
      throw ProblemException.parameter(
          "margin",
          "a margin of %d pixels leaves no room for the code in a picture of %d x %d pixels"
              .formatted(pixels, style.width(), style.height()));
    }
  }

  Style style(Symbol symbol, Style style);
}
