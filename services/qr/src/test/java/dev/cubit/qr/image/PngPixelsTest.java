package dev.cubit.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Level;
import dev.cubit.qr.symbol.Symbol;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every pixel of a PNG is what the obvious way draws, whichever way wrote it. */
class PngPixelsTest {
  private final Any any = new Any(Seed.random(PngPixelsTest.class));
  private final ImageWriter writer = new ImageWriter();

  @Test
  void symbols_of_all_sizes_are_drawn_exactly_in_both_ways() {
    int byTables = 0;
    int byRows = 0;
    for (int size : Any.SIZES) {
      int bySize = 0;
      for (int i = 0; i < 24; i++) {
        var symbol = any.symbol(size);
        var style = any.style(size, 3 * size + 200);
        check(symbol, style);
        if (ModuleTables.of(size, style).suit()) {
          bySize++;
        } else {
          byRows++;
        }
      }
      assertThat(bySize).as("pictures of size %d by tables", size).isPositive();
      byTables += bySize;
    }
    System.out.printf("%d pictures by tables, %d by rows%n", byTables, byRows);
    assertThat(byRows).as("pictures by rows").isGreaterThan(100);
  }

  @Test
  void modules_of_one_to_forty_pixels_are_drawn_exactly() {
    for (int module = 1; module <= 40; module++) {
      for (int size : new int[] {11, 17, 21, 25}) {
        int least = size + 8;
        int side = module * least + any.number(0, least - 1);
        check(any.symbol(size), new Style(side, side, 4, Rgba.BLACK, Rgba.WHITE));
      }
    }
  }

  @Test
  void a_symbol_stands_at_any_bit_of_a_byte() {
    for (int size : new int[] {13, 21, 65, 177}) {
      for (int more = 0; more < 48; more++) {
        int width = 3 * size + more;
        check(any.symbol(size), new Style(width, 3 * size + 2, 0, any.colour(), any.colour()));
        check(any.symbol(size), new Style(width + 8, 3 * size, 0, Rgba.BLACK, Rgba.WHITE));
      }
    }
  }

  @Test
  void wide_and_high_and_framed_pictures_are_drawn_exactly() {
    for (int size : new int[] {11, 25, 64 + 1, 177}) {
      int framed = size + 2 * Style.MOST_QUIET_ZONE;
      check(any.symbol(size), new Style(5_003, size, 0, Rgba.BLACK, Rgba.WHITE));
      check(any.symbol(size), new Style(size, 5_003, 0, Rgba.BLACK, Rgba.WHITE));
      check(any.symbol(size), new Style(5_003, 2 * size + 5, 1, any.colour(), Rgba.WHITE));
      check(any.symbol(size), new Style(framed, framed, 100, Rgba.BLACK, any.colour()));
      check(any.symbol(size), new Style(framed + 1, framed + 2, 100, Rgba.BLACK, Rgba.WHITE));
    }
  }

  @Test
  void dark_and_light_symbols_are_drawn_exactly() {
    for (int size : new int[] {11, 21, 45, 177}) {
      for (long word : new long[] {0, -1}) {
        for (int module = 1; module < 5; module++) {
          for (int quietZone : new int[] {0, 1, 4}) {
            int side = module * (size + 2 * quietZone);
            check(filled(size, word), new Style(side, side, quietZone, Rgba.BLACK, Rgba.WHITE));
          }
        }
      }
    }
  }

  @Test
  void one_writer_goes_from_picture_to_picture_without_a_trace() {
    var symbol = any.symbol(177);
    var style = new Style(185, 185, 4, Rgba.BLACK, Rgba.WHITE);
    var fresh = new ImageWriter().write(symbol, style, Format.PNG);
    for (int i = 0; i < 50; i++) {
      int size = Any.SIZES[any.number(0, Any.SIZES.length - 1)];
      writer.write(any.symbol(size), any.style(size, 900), Format.PNG);
      assertThat(writer.write(symbol, style, Format.PNG)).isEqualTo(fresh);
    }
  }

  private static Symbol filled(int size, long word) {
    int words = (size + 63) / 64;
    var rows = new long[size * words];
    for (int i = 0; i < rows.length; i++) {
      int bits = Math.min(64, size - i % words * 64);
      rows[i] = word & -1L >>> (64 - bits);
    }
    return new Symbol(size, Level.L, 0, rows);
  }

  private void check(Symbol symbol, Style style) {
    var about = "size " + symbol.size() + " " + style;
    var drawing = new Drawing(symbol, style);
    var bytes = writer.write(symbol, style, Format.PNG);
    var raster = PngFile.of(bytes).raster();
    assertThat(Arrays.equals(raster, drawing.raster())).as("raster of " + about).isTrue();
    if (ModuleTables.of(symbol.size(), style).suit()) {
      assertThat(Arrays.equals(byRows(symbol, style), raster)).as("rows of " + about).isTrue();
    }
    var image = PngFile.image(bytes);
    assertThat(image.getWidth()).as(about).isEqualTo(style.width());
    assertThat(image.getHeight()).as(about).isEqualTo(style.height());
    var pixels = image.getRGB(0, 0, style.width(), style.height(), null, 0, style.width());
    for (int i = 0; i < pixels.length; i++) {
      int x = i % style.width();
      int y = i / style.width();
      if (pixels[i] != argb(drawing.colour(x, y))) {
        throw new AssertionError("pixel %d, %d is %08x: %s".formatted(x, y, pixels[i], about));
      }
    }
  }

  /** What the other way makes of a picture that the tables suit, its check sum checked too. */
  private static byte[] byRows(Symbol symbol, Style style) {
    var sink = new BitSink();
    var adler = new Adler();
    sink.clear(0);
    sink.reserve(16);
    sink.put(0x0178, 16);
    new PixelRows(symbol, Layout.of(symbol.size(), style)).write(sink, adler);
    int end = sink.align();
    sink.reserve(16);
    for (int shift = 24; shift >= 0; shift -= 8) {
      sink.put(adler.value() >>> shift & 0xff, 8);
    }
    int expected = style.height() * (1 + (style.width() + 7) / 8);
    return PngFile.inflate(Arrays.copyOf(sink.bytes(), end + 4), expected);
  }

  private static int argb(Rgba colour) {
    return colour.alpha() << 24 | colour.red() << 16 | colour.green() << 8 | colour.blue();
  }
}
