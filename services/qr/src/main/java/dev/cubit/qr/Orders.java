package dev.cubit.qr;

import dev.cubit.qr.image.Format;
import dev.cubit.qr.image.Rgba;
import dev.cubit.qr.image.Style;
import dev.cubit.qr.symbol.Level;
import dev.cubit.qr.symbol.SymbolException;
import dev.cubit.qr.symbol.SymbolOptions;
import dev.cubit.server.ProblemException;
import java.util.OptionalInt;

/** From options to an order: what goes with what, and what is too much. */
final class Orders {
  /** What a QR code can hold at most: digits, in version 40, level L. */
  private static final int MOST_CHARACTERS = 7089;

  /** Formats that need memory for every pixel have this as their bound; 5,000 x 5,000. */
  private static final long MOST_RASTER_PIXELS = 25_000_000;

  private Orders() {}

  /**
   * Checks the options against each other and against the data; nothing is encoded yet.
   *
   * @throws ProblemException for the first that cannot be
   */
  static Order from(Options options) {
    options.check();
    var data = options.payload();
    if (options.isPlain()) {
      bound(options, data, 1);
      return Order.DEFAULT;
    }
    int parts = parts(options, data);
    bound(options, data, parts);
    return new Order(
        symbol(options),
        style(options),
        fit(options),
        options.get(Option.FORMAT, Format.class).orElse(Format.PNG),
        options.number(Option.PART, 1),
        parts,
        options.get(Option.DOWNLOAD, String.class).orElse(""),
        options);
  }

  private static void bound(Options options, Payload data, int parts) {
    if (data.length() > MOST_CHARACTERS * parts) {
      throw options.problem(
          Option.DATA,
          "the data is too long: "
              + data.length()
              + " characters; a QR code holds 7089 digits, 4296 capitals and digits or 2953 bytes"
              + " at level L, and 16 'parts' hold 16 times as much");
    }
  }

  private static int parts(Options options, Payload data) {
    int parts = options.number(Option.PARTS, 1);
    int part = options.number(Option.PART, 1);
    if (part > parts) {
      throw options.problem(
          Option.PART,
          options.has(Option.PARTS)
              ? "there is no part " + part + " of " + parts
              : "'part' says which of several codes is wanted; say how many with 'parts'");
    }
    if (parts > 1 && data instanceof Payload.Bytes) {
      throw options.problem(Option.PARTS, "only text can be spread over several codes, not bytes");
    }
    return parts;
  }

  private static SymbolOptions symbol(Options options) {
    try {
      return new SymbolOptions(
          options.get(Option.LEVEL, Level.class).orElse(Level.M),
          options.flag(Option.BOOST),
          options.flag(Option.MICRO),
          number(options, Option.VERSION),
          number(options, Option.MASK),
          options.flag(Option.ECI));
    } catch (SymbolException e) {
      throw options.problem(e);
    }
  }

  private static OptionalInt number(Options options, Option option) {
    return options.has(option) ? OptionalInt.of(options.number(option, 0)) : OptionalInt.empty();
  }

  private static Style style(Options options) {
    var size = size(options);
    var dark = options.get(Option.DARK, Rgba.class).orElse(Style.DEFAULT.dark());
    var light = options.get(Option.LIGHT, Rgba.class).orElse(Style.DEFAULT.light());
    if (dark.equals(light)) {
      var one = options.has(Option.DARK) ? Option.DARK : Option.LIGHT;
      throw options.problem(
          one, "dark and light modules have the same colour; nobody could read such a code");
    }
    var format = options.get(Option.FORMAT, Format.class).orElse(Format.PNG);
    if (Formats.isHeldInMemory(format)
        && (long) size.width() * size.height() > MOST_RASTER_PIXELS) {
      throw options.problem(
          Option.SIZE, "a picture of this format has at most 25 million pixels; PNG and SVG go on");
    }
    return new Style(size.width(), size.height(), quietZone(options, size), dark, light);
  }

  private static Size size(Options options) {
    if (options.has(Option.SCALE) && options.has(Option.SIZE)) {
      throw options.contradiction(Option.SIZE, Option.SCALE);
    }
    return options
        .get(Option.SIZE, Size.class)
        .orElseGet(() -> new Size(Style.DEFAULT.width(), Style.DEFAULT.height(), false));
  }

  /** In modules. A margin is the same thing, unless it is in pixels. */
  private static int quietZone(Options options, Size size) {
    boolean margin = options.has(Option.MARGIN);
    if (size.isBox()) {
      return options.number(Option.QUIET_ZONE, margin ? 0 : Style.DEFAULT.quietZone());
    }
    int modules = options.number(Option.MARGIN, Style.DEFAULT.quietZone());
    if (modules > 100) {
      throw options.problem(
          Option.MARGIN,
          "'margin' is in modules here, from 0 to 100; it is in pixels where 'size' is written as"
              + " 300x300");
    }
    int zone = options.number(Option.QUIET_ZONE, modules);
    if (margin && zone != modules) {
      throw options.contradiction(Option.MARGIN, Option.QUIET_ZONE);
    }
    return zone;
  }

  private static Fit fit(Options options) {
    if (options.has(Option.SCALE)) {
      return new Fit.Scale(options.number(Option.SCALE, 1));
    }
    int margin = options.number(Option.MARGIN, 0);
    return margin > 0 && size(options).isBox() ? new Fit.Margin(margin) : Order.DEFAULT.fit();
  }
}
