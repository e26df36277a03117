package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Level;
import dev.cubit.qr.symbol.Symbol;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** The chunk of pixels beside what zlib's fastest level makes of the same rows. */
class PngSizeTest {
  private final Any any = new Any(Seed.random(PngSizeTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void from_300_pixels_on_no_picture_of_a_text_is_larger_than_zlib_makes_it() {
    for (int i = 0; i < 1_500; i++) {
      var symbol = any.encoded(2_000);
      int side = i % 3 == 0 ? 300 : any.number(300, 1_000);
      double ratio = ratio(symbol, square(side, i % 2 == 0 ? 4 : any.number(0, 10)));
      assertThat(ratio)
          .as("size beside zlib, version %d at %d pixels", symbol.version(), side)
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void smaller_pictures_are_hardly_larger_than_zlib_makes_them() {
    double worst = 0;
    for (int i = 0; i < 3_000; i++) {
      var symbol = i % 4 == 0 ? any.encoded(any.number(1, 1_200), Level.L) : any.encoded(2_000);
      int quietZone = any.number(0, 6);
      int least = symbol.size() + 2 * quietZone;
      worst = Math.max(worst, ratio(symbol, square(any.number(least, 3 * least - 1), quietZone)));
    }
    System.out.printf("at worst %.3f of what zlib makes%n", worst);
    assertThat(worst).isLessThan(1.2);
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
