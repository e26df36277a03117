package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.qr.symbol.Level;
import dev.cubit.qr.symbol.Symbol;
import dev.cubit.qr.symbol.SymbolEncoder;
import dev.cubit.qr.symbol.SymbolOptions;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class PngStreamTest {
  private static final int SIGNATURE_BYTES = 8;
  private static final long SEED = 20_261_123;

  private final ImageWriter writer = new ImageWriter();
  private final Random random = new Random(SEED);

  /** The Inflater checks Adler; how dense dark modules are differs from real symbols on purpose. */
  @Test
  void the_stream_is_the_picture_drawn_pixel_by_pixel_in_both_ways() throws DataFormatException {
    int byTables = 0;
    for (int i = 0; i < 2_000; i++) {
      int size = i % 10 == 0 ? 11 + 2 * random.nextInt(4) : 21 + 4 * random.nextInt(40);
      int quietZone = random.nextInt(10);
      int least = size + 2 * quietZone;
      int more = i % 50 == 0 ? 9_000 : 1 + random.nextInt(1_000);
      var style = style(least + random.nextInt(more), least + random.nextInt(more), quietZone);
      var symbol = symbol(size, 1 + random.nextInt(9));
      byTables += ModuleTables.of(size, style).suit() ? 1 : 0;
      var drawn = drawn(symbol, style);
      assertThat(inflated(pixels(writer.write(symbol, style, Format.PNG)), drawn.length))
          .as("picture %s of seed %s: %s modules, %s", i, SEED, size, style)
          .isEqualTo(drawn);
    }
    assertThat(byTables).isBetween(500, 1_900);
  }

  @Test
  void ten_thousand_pixels_on_a_side_are_a_small_file() throws DataFormatException {
    for (int quietZone : new int[] {0, 4, 100}) {
      var style = style(10_000, 10_000, quietZone);
      var symbol = symbol(177, 5);
      var file = writer.write(symbol, style, Format.PNG);
      var drawn = drawn(symbol, style);
      assertThat(Arrays.equals(inflated(pixels(file), drawn.length), drawn)).isTrue();
      assertThat(file).hasSizeLessThan(200_000);
    }
  }

  /**
   * In the version that the text needs. For a few layouts zlib is a little better, see PngSizeTest.
   */
  @Test
  void no_picture_of_300_pixels_or_more_is_much_larger_than_by_zlib_at_its_fastest() {
    var encoder = new SymbolEncoder();
    for (int i = 0; i < 600; i++) {
      var symbol = encoder.encode(text(1 + i * 2_300 / 600), SymbolOptions.DEFAULT);
      int side = i % 2 == 0 ? 300 : 300 + random.nextInt(900);
      var style = style(side, side, 4);
      int bytes = pixels(writer.write(symbol, style, Format.PNG)).length;
      assertThat(bytes)
          .as("version %s, %s pixels, seed %s", symbol.version(), side, SEED)
          .isLessThan(deflated(drawn(symbol, style)) * 108 / 100);
    }
  }

  private static Style style(int width, int height, int quietZone) {
    return new Style(width, height, quietZone, Rgba.BLACK, Rgba.WHITE);
  }

  private String text(int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(95)));
    }
    return text.toString();
  }

  private Symbol symbol(int size, int darkTenths) {
    int words = (size + 63) / 64;
    var rows = new long[size * words];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (random.nextInt(10) < darkTenths) {
          rows[row * words + column / 64] |= 1L << column;
        }
      }
    }
    return new Symbol(size, Level.L, 0, rows);
  }

  /** As a beginner would: each pixel by itself. */
  private static byte[] drawn(Symbol symbol, Style style) {
    int module = Math.min(style.width(), style.height()) / (symbol.size() + 2 * style.quietZone());
    int left = (style.width() - module * symbol.size()) / 2;
    int top = (style.height() - module * symbol.size()) / 2;
    int stride = 1 + (style.width() + 7) / 8;
    var drawn = new byte[style.height() * stride];
    for (int y = 0; y < style.height(); y++) {
      Arrays.fill(drawn, y * stride + 1, (y + 1) * stride, (byte) 0xff);
      int row = Math.floorDiv(y - top, module);
      if (row < 0 || row >= symbol.size()) {
        continue;
      }
      for (int x = left; x < left + module * symbol.size(); x++) {
        if (symbol.isDark((x - left) / module, row)) {
          drawn[y * stride + 1 + x / 8] &= (byte) ~(0x80 >> x % 8);
        }
      }
    }
    return drawn;
  }

  /** The data of the chunk of pixels; checks every chunk on the way. */
  private static byte[] pixels(byte[] png) {
    var file = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
    var pixels = new byte[0];
    while (file.hasRemaining()) {
      var data = new byte[file.getInt()];
      var type = new byte[4];
      file.get(type).get(data);
      var crc = new CRC32();
      crc.update(type);
      crc.update(data);
      assertThat(file.getInt()).isEqualTo((int) crc.getValue());
      if (new String(type, US_ASCII).equals("IDAT")) {
        pixels = data;
      }
    }
    return pixels;
  }

  private static byte[] inflated(byte[] stream, int length) throws DataFormatException {
    var inflater = new Inflater();
    try {
      inflater.setInput(stream);
      var inflated = new byte[length + 1];
      int end = inflater.inflate(inflated);
      assertThat(inflater.finished()).isTrue();
      assertThat(inflater.getRemaining()).isZero();
      return Arrays.copyOf(inflated, end);
    } finally {
      inflater.end();
    }
  }

  private static int deflated(byte[] drawn) {
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(drawn);
      deflater.finish();
      return deflater.deflate(new byte[drawn.length + 64]);
    } finally {
      deflater.end();
    }
  }
}
