package dev.cubit.qr.symbol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two scanners read every one of 500 pictures: zbar (zbarimg, Debian's zbar-tools) and ZXing. */
final class ScannersTest {
  private static final int PICTURES = 500;
  private static final int QUIET_ZONE = 4;
  private static final int PIXELS = 4;

  private final Random random = Seed.random(ScannersTest.class);
  private final Texts texts = new Texts(random);
  private final SymbolEncoder encoder = new SymbolEncoder();

  @Test
  void five_hundred_pictures_are_read_by_zbar_and_by_zxing(@TempDir Path folder)
      throws IOException, InterruptedException {
    var files = new ArrayList<Path>();
    var written = new ArrayList<String>();
    for (int i = 0; i < PICTURES; i++) {
      var level = List.of(Level.values()).get(i / 40 % 4);
      int version = 1 + i % 40;
      var text = text(i % 7, version, level);
      var options = SymbolOptions.DEFAULT.withLevel(level).withVersion(version);
      if (i % 7 == 4 || i % 7 == 5) {
        options = options.withEci();
      }
      var symbol = encoder.encode(text, i % 3 == 0 ? options.withMask(i / 3 % 8) : options);
      var file = folder.resolve("%03d-%d%s-%d.pgm".formatted(i, version, level, i % 7));
      Files.write(file, picture(symbol));
      files.add(file);
      written.add(text);
      assertThat(readByZxing(symbol)).as("%s, read by ZXing", file.getFileName()).isEqualTo(text);
    }

    // A line a picture, but none for one that is not read: then all lines behind it differ too.
    assertThat(readByZbar(files)).as("what zbar reads").containsExactlyElementsOf(written);
  }

  /** All kinds of data, up to the last character that fits. */
  private String text(int kind, int version, Level level) {
    return switch (kind) {
      case 0 -> texts.digits(length(Mode.NUMERIC, version, level));
      case 1 -> "A" + texts.alphanumerics(length(Mode.ALPHANUMERIC, version, level) - 1).strip();
      case 2 ->
          "https://example.org/?q=".substring(0, 8)
              + letters(length(Mode.BYTE, version, level) - 8);
      case 3 -> texts.kanji(length(Mode.KANJI, version, level));
      // With the character set announced: zbar guesses otherwise, and often wrong.
      case 4 -> repeat("żółw ", length(Mode.BYTE, version, level) / 10);
      case 5 -> repeat("привет ", length(Mode.BYTE, version, level) / 15);
      default -> repeat("ORDER 12345678 of a/b ", length(Mode.BYTE, version, level) / 22);
    };
  }

  private int length(Mode mode, int version, Level level) {
    int most = References.mostCharacters(mode, version, level);
    return random.nextBoolean() ? most : Math.max(most - random.nextInt(most), Math.min(most, 9));
  }

  private String letters(int length) {
    var letters = new StringBuilder();
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private static String repeat(String words, int times) {
    return times == 0 ? "e" : words.repeat(times).strip();
  }

  private static byte[] picture(Symbol symbol) {
    int width = (symbol.size() + 2 * QUIET_ZONE) * PIXELS;
    var picture = new ByteArrayOutputStream();
    picture.writeBytes("P5 %d %d 255\n".formatted(width, width).getBytes(US_ASCII));
    for (int pixel : pixels(symbol)) {
      picture.write(pixel);
    }
    return picture.toByteArray();
  }

  private static int[] pixels(Symbol symbol) {
    int width = (symbol.size() + 2 * QUIET_ZONE) * PIXELS;
    var pixels = new int[width * width];
    Arrays.fill(pixels, 0xffffff);
    var modules = Modules.of(symbol);
    for (int i = 0; i < pixels.length; i++) {
      int column = i % width / PIXELS - QUIET_ZONE;
      int row = i / width / PIXELS - QUIET_ZONE;
      if (modules.isInside(column, row) && modules.isDark(column, row)) {
        pixels[i] = 0;
      }
    }
    return pixels;
  }

  private static String readByZxing(Symbol symbol) {
    int width = (symbol.size() + 2 * QUIET_ZONE) * PIXELS;
    var source = new RGBLuminanceSource(width, width, pixels(symbol));
    var hints = Map.of(DecodeHintType.CHARACTER_SET, "UTF-8", DecodeHintType.PURE_BARCODE, true);
    try {
      var bitmap = new BinaryBitmap(new HybridBinarizer(source));
      return new QRCodeReader().decode(bitmap, hints).getText();
    } catch (ReaderException e) {
      throw new AssertionError("ZXing sees no QR code", e);
    }
  }

  /** The texts in the order of the files. */
  private static List<String> readByZbar(List<Path> files)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(List.of("zbarimg", "--raw", "-q", "-Sdisable", "-Sqrcode.enable"));
    files.forEach(file -> command.add(file.toString()));
    var output = Files.createTempFile("zbar", ".txt");
    try {
      var process = start(command, output);
      if (!process.waitFor(300, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("zbarimg takes longer than 300 seconds");
      }
      return Files.readAllLines(output);
    } finally {
      Files.delete(output);
    }
  }

  private static Process start(List<String> command, Path output) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(output.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException missing) {
      throw new AssertionError(
          "zbarimg is not on this machine: install Debian's package zbar-tools (brew: zbar)",
          missing);
    }
  }
}
