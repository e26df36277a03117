package dev.cubit.qr.image;

/** A colour; each part is 0 to 255, and an alpha of 255 is opaque. */
public record Rgba(int red, int green, int blue, int alpha) {
  public static final Rgba BLACK = new Rgba(0, 0, 0, 255);
  public static final Rgba WHITE = new Rgba(255, 255, 255, 255);

  /**
   * Refuses what is no colour.
   *
   * @throws IllegalArgumentException if a part is out of its range
   */
  public Rgba {
    if ((red | green | blue | alpha) >>> 8 != 0) {
      throw new IllegalArgumentException("a part of a colour is not 0 to 255");
    }
  }

  boolean isOpaque() {
    return alpha == 255;
  }

  /** What is seen of it on white paper, for formats that know no alpha. */
  Rgba onWhite() {
    return new Rgba(onWhite(red), onWhite(green), onWhite(blue), 255);
  }

  private int onWhite(int part) {
    return (part * alpha + 255 * (255 - alpha) + 127) / 255;
  }
}
