package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Symbol;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PngChunksTest {
  private static final Rgba RED = new Rgba(200, 10, 20, 255);
  private static final Rgba GLASS = new Rgba(1, 2, 3, 77);

  private final Any any = new Any(Seed.random(PngChunksTest.class));

  @Test
  void black_on_white_is_greyscale_without_a_palette() {
    var file = write(301, 277, Rgba.BLACK, Rgba.WHITE);

    assertThat(file.types()).containsExactly("IHDR", "IDAT", "IEND");
    assertThat(file.data("IHDR")).isEqualTo(header(301, 277, 0));
    assertThat(file.data("IEND")).isEmpty();
  }

  @Test
  void opaque_colours_have_a_palette_and_no_alpha() {
    var file = write(300, 400, RED, Rgba.WHITE);

    assertThat(file.types()).containsExactly("IHDR", "PLTE", "IDAT", "IEND");
    assertThat(file.data("IHDR")).isEqualTo(header(300, 400, 3));
    assertThat(file.data("PLTE")).containsExactly(200, 10, 20, 255, 255, 255);
  }

  @Test
  void a_colour_that_is_not_opaque_puts_both_alphas_behind_the_palette() {
    var dark = write(90, 90, GLASS, RED);
    assertThat(dark.types()).containsExactly("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    assertThat(dark.data("PLTE")).containsExactly(1, 2, 3, 200, 10, 20);
    assertThat(dark.data("tRNS")).containsExactly(77, 255);

    var light = write(90, 90, Rgba.BLACK, new Rgba(255, 255, 255, 0));
    assertThat(light.types()).containsExactly("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    assertThat(light.data("tRNS")).containsExactly(255, 0);
  }

  @Test
  void white_on_black_has_a_palette() {
    var file = write(90, 90, Rgba.WHITE, Rgba.BLACK);

    assertThat(file.data("IHDR")).isEqualTo(header(90, 90, 3));
    assertThat(file.data("PLTE")).containsExactly(255, 255, 255, 0, 0, 0);
  }

  @Test
  void colours_do_not_change_the_pixels() {
    var symbol = any.symbol(25);
    var black = new Style(300, 300, 4, Rgba.BLACK, Rgba.WHITE);
    var coloured = new Style(300, 300, 4, GLASS, RED);

    assertThat(PngFile.of(png(symbol, coloured)).data("IDAT"))
        .isEqualTo(PngFile.of(png(symbol, black)).data("IDAT"));
  }

  @Test
  void the_rows_have_filter_0_and_the_zlib_header_is_valid() {
    for (int i = 0; i < 300; i++) {
      int size = Any.SIZES[any.number(0, Any.SIZES.length - 1)];
      var style = any.style(size, 600);
      var file = PngFile.of(png(any.symbol(size), style));
      int zlib = ByteBuffer.wrap(file.data("IDAT")).getShort() & 0xffff;
      assertThat(zlib & 0x0f00).as("deflate").isEqualTo(0x0800);
      assertThat(zlib % 31).as("check bits").isZero();
      assertThat(zlib >>> 12).as("window of 32 KB at most").isLessThanOrEqualTo(7);
      assertThat(zlib & 0x20).as("no dictionary").isZero();
      var raster = file.raster();
      for (int at = 0; at < raster.length; at += 1 + (style.width() + 7) / 8) {
        assertThat(raster[at]).as("filter").isZero();
      }
    }
  }

  private PngFile write(int width, int height, Rgba dark, Rgba light) {
    return PngFile.of(png(any.symbol(21), new Style(width, height, 4, dark, light)));
  }

  private static byte[] png(Symbol symbol, Style style) {
    return new ImageWriter().write(symbol, style, Format.PNG);
  }

  private static byte[] header(int width, int height, int colourType) {
    return ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put((byte) 1)
        .put((byte) colourType)
        .array();
  }
}
