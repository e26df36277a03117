package dev.cubit.qr.image;

/**
 * How a symbol is to look.
 *
 * @param width of the picture, 1 to 10,000 pixels
 * @param height of the picture, 1 to 10,000 pixels
 * @param quietZone the least light frame around the symbol, 0 to 100 modules
 * @param dark of the dark modules
 * @param light of the light modules and the frame
 */
public record Style(int width, int height, int quietZone, Rgba dark, Rgba light) {
  public static final int MOST_PIXELS = 10_000;
  public static final int MOST_QUIET_ZONE = 100;

  /** 300 pixels, the four modules of ISO/IEC 18004, black on white. */
  public static final Style DEFAULT = new Style(300, 300, 4, Rgba.BLACK, Rgba.WHITE);

  /**
   * Refuses what cannot be.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Style {
    if (width < 1 || width > MOST_PIXELS || height < 1 || height > MOST_PIXELS) {
      throw new IllegalArgumentException("a side is not 1 to " + MOST_PIXELS + " pixels");
    }
    if (quietZone < 0 || quietZone > MOST_QUIET_ZONE) {
      throw new IllegalArgumentException("the quiet zone is not 0 to " + MOST_QUIET_ZONE);
    }
  }
}
