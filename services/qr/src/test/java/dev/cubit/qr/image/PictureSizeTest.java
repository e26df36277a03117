package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {
  private static final Pattern LEAST = Pattern.compile("at least (\\d+) x (\\d+) pixels");

  private final Any any = new Any(Seed.random(PictureSizeTest.class));
  private final ImageWriter writer = new ImageWriter();

  @ParameterizedTest
  @ValueSource(ints = {11, 21, 25, 93, 177})
  void the_largest_picture_is_drawn_exactly_and_is_a_small_file(int size) {
    var symbol = any.symbol(size);
    var style = new Style(Style.MOST_PIXELS, Style.MOST_PIXELS, 4, Rgba.BLACK, Rgba.WHITE);

    var bytes = writer.write(symbol, style, Format.PNG);

    // 12.5 MB of pixels.
    assertThat(bytes.length).isLessThan(150_000);
    var raster = PngFile.of(bytes).raster();
    assertThat(Arrays.equals(raster, new Drawing(symbol, style).raster())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 50, 100})
  void the_largest_picture_takes_no_memory_for_its_pixels(int quietZone) {
    var symbol = any.symbol(177);
    var style = new Style(Style.MOST_PIXELS, Style.MOST_PIXELS, quietZone, Rgba.BLACK, Rgba.WHITE);
    writer.write(symbol, style, Format.PNG);
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = thread.getCurrentThreadAllocatedBytes();
    writer.write(symbol, style, Format.PNG);
    long allocated = thread.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).as("bytes allocated").isPositive().isLessThan(1_000_000);
  }

  @Test
  void the_highest_and_the_widest_pictures_are_drawn_exactly() {
    for (var style :
        new Style[] {
          new Style(Style.MOST_PIXELS, 30, 4, Rgba.BLACK, Rgba.WHITE),
          new Style(30, Style.MOST_PIXELS, 4, Rgba.BLACK, Rgba.WHITE),
          new Style(Style.MOST_PIXELS, 21, 0, Rgba.BLACK, Rgba.WHITE),
          new Style(21, Style.MOST_PIXELS, 0, Rgba.BLACK, Rgba.WHITE)
        }) {
      var symbol = any.symbol(21);
      var raster = PngFile.of(writer.write(symbol, style, Format.PNG)).raster();
      assertThat(Arrays.equals(raster, new Drawing(symbol, style).raster()))
          .as("%s", style)
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PNG", "SVG", "PDF", "EPS"})
  void a_picture_that_is_too_small_is_refused_with_the_least_size_that_works(Format format) {
    for (int size : Any.SIZES) {
      int quietZone = any.number(0, 10);
      int least = size + 2 * quietZone;
      var symbol = any.symbol(size);
      for (var sides : new int[][] {{least - 1, least}, {least, least - 1}, {1, 1}, {9_999, 7}}) {
        var style = new Style(sides[0], sides[1], quietZone, Rgba.BLACK, Rgba.WHITE);
        assertThatThrownBy(() -> writer.write(symbol, style, format))
            .isInstanceOfSatisfying(
                ImageException.class,
                e -> {
                  Matcher said = LEAST.matcher(e.getMessage());
                  assertThat(said.find()).as(e.getMessage()).isTrue();
                  int width = Integer.parseInt(said.group(1));
                  int height = Integer.parseInt(said.group(2));
                  assertThat(width).isEqualTo(least);
                  assertThat(height).isEqualTo(least);
                  var works = new Style(width, height, quietZone, Rgba.BLACK, Rgba.WHITE);
                  assertThat(writer.write(symbol, works, format)).isNotEmpty();
                });
      }
    }
  }

  @Test
  void text_has_no_size_that_could_be_too_small() {
    var style = new Style(1, 1, 4, Rgba.BLACK, Rgba.WHITE);

    assertThat(writer.write(any.symbol(177), style, Format.TEXT)).isNotEmpty();
  }
}
