package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/**
 * The chunk of pixels beside what zlib's fastest level makes of the same rows. "Never larger" is
 * not reached by the tables; here stands how near they come.
 */
class PngSizeTest {
  private final Any any = new Any(Seed.random(PngSizeTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void from_300_pixels_on_hardly_a_picture_of_a_text_is_larger_and_none_by_much() {
    double worst = 0;
    int larger = 0;
    for (int i = 0; i < 1_500; i++) {
      var symbol = any.encoded();
      int quietZone = i % 2 == 0 ? 4 : any.number(0, 10);
      double ratio = ratio(symbol, square(i % 3 == 0 ? 300 : any.number(300, 1_000), quietZone));
      larger += ratio > 1 ? 1 : 0;
      worst = Math.max(worst, ratio);
    }
    System.out.printf("from 300 pixels on: at worst %.3f, %d of 1500 larger%n", worst, larger);
    assertThat(larger).as("of 1500 pictures larger than zlib makes them").isLessThanOrEqualTo(15);
    assertThat(worst).isLessThan(1.08);
  }

  /** There a code made for the symbol at hand would be shorter than the one for the layout. */
  @Test
  void the_worst_known_layouts_of_300_pixels_and_more_are_hardly_larger() {
    assertThat(worst(20, 504, 1)).isLessThan(1.1);
    assertThat(worst(20, 510, 1)).isLessThan(1.08);
    assertThat(worst(18, 495, 4)).isLessThan(1.05);
    assertThat(worst(40, 336, 0)).isLessThan(1.05);
    assertThat(worst(38, 329, 0)).isLessThan(1.05);
    assertThat(worst(39, 300, 4)).isLessThan(1.02);
  }

  @Test
  void smaller_pictures_are_larger_than_zlib_makes_them_only_where_a_module_is_a_pixel() {
    double worst = 0;
    double worstOfMore = 0;
    for (int i = 0; i < 3_000; i++) {
      var symbol = any.encoded();
      int quietZone = any.number(0, 6);
      int least = symbol.size() + 2 * quietZone;
      int side = any.number(least, Math.max(least, Math.min(299, 4 * least)));
      double ratio = ratio(symbol, square(side, quietZone));
      worst = Math.max(worst, ratio);
      worstOfMore = Math.max(worstOfMore, side < 2 * least ? 0 : ratio);
    }
    System.out.printf("below 300: at worst %.3f, from 2 pixels on %.3f%n", worst, worstOfMore);
    assertThat(worst).isLessThan(1.4);
    assertThat(worstOfMore).isLessThan(1.05);
  }

  /** The worst of some symbols that are full of random bytes. */
  private double worst(int version, int side, int quietZone) {
    double worst = 0;
    for (int i = 0; i < 40; i++) {
      worst = Math.max(worst, ratio(any.encoded(version), square(side, quietZone)));
    }
    System.out.printf("version %d at %d pixels: at worst %.3f%n", version, side, worst);
    return worst;
  }

  private static Style square(int side, int quietZone) {
    return new Style(side, side, quietZone, Rgba.BLACK, Rgba.WHITE);
  }

  private double ratio(Symbol symbol, Style style) {
    int ours = PngFile.of(writer.write(symbol, style, Format.PNG)).data("IDAT").length;
    return (double) ours / deflated(new Drawing(symbol, style).raster());
  }

  private static int deflated(byte[] raster) {
    try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(raster);
      deflater.finish();
      return deflater.deflate(new byte[raster.length + 1_000]);
    }
  }
}
