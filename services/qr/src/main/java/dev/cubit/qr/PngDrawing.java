package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A PNG writer for exactly this picture: one bit a pixel, greyscale (PNG specification, third
 * edition). Modules are squares of a whole number of pixels, as large as fits, in the middle.
 *
 * <p>A row of modules is drawn once; its repetitions are written with filter "Up", that is as
 * zeros, which compress to nearly nothing.
 *
 * <p>Owned by one thread: the raster and the compressor are reused.
 */
final class PngDrawing implements Drawing {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte NONE = 0;
  private static final byte UP = 2;

  private static final int ROW_BYTES = (PIXELS + 7) / 8;

  /** A row in the file: its filter, then its pixels. */
  private static final int STRIDE = 1 + ROW_BYTES;

  /** Length, type and check sum around the data of a chunk. */
  private static final int CHUNK_FRAME = 12;

  private final byte[] raster = new byte[PIXELS * STRIDE];

  /** Deflate may store data as it is, in blocks with a few bytes around them. */
  private final byte[] deflated = new byte[raster.length + 1024];

  /** Speed over size: level 6 takes 3 times as long to save 200 of 650 bytes. */
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);

  private final CRC32 crc = new CRC32();

  @Override
  public byte[] draw(Symbol symbol) {
    rasterise(symbol);
    deflater.reset();
    deflater.setInput(raster);
    deflater.finish();
    return file(deflater.deflate(deflated));
  }

  private void rasterise(Symbol symbol) {
    int scale = PIXELS / (symbol.size() + 2 * QUIET_ZONE);
    int margin = (PIXELS - scale * symbol.size()) / 2;
    Arrays.fill(raster, (byte) 0);
    lightRow(0);
    repeat(1, margin);
    for (int row = 0; row < symbol.size(); row++) {
      int y = margin + row * scale;
      lightRow(y);
      for (int column = 0; column < symbol.size(); column++) {
        if (symbol.isDark(column, row)) {
          darken(y, margin + column * scale, scale);
        }
      }
      repeat(y + 1, y + scale);
    }
    int below = margin + symbol.size() * scale;
    lightRow(below);
    repeat(below + 1, PIXELS);
  }

  private void lightRow(int y) {
    raster[y * STRIDE] = NONE;
    Arrays.fill(raster, y * STRIDE + 1, (y + 1) * STRIDE, (byte) 0xff);
  }

  private void darken(int y, int x, int width) {
    for (int pixel = x; pixel < x + width; pixel++) {
      raster[y * STRIDE + 1 + pixel / 8] &= (byte) ~(0x80 >> pixel % 8);
    }
  }

  private void repeat(int fromY, int toY) {
    for (int y = fromY; y < toY; y++) {
      raster[y * STRIDE] = UP;
    }
  }

  private byte[] file(int deflatedBytes) {
    var header = new byte[13];
    // Width, height, bits a pixel; greyscale, deflate, adaptive filters and no interlacing are 0.
    ByteBuffer.wrap(header).putInt(PIXELS).putInt(PIXELS).put((byte) 1);
    var file =
        ByteBuffer.allocate(SIGNATURE.length + 3 * CHUNK_FRAME + header.length + deflatedBytes);
    file.put(SIGNATURE);
    chunk(file, "IHDR", header, header.length);
    chunk(file, "IDAT", deflated, deflatedBytes);
    chunk(file, "IEND", header, 0);
    return file.array();
  }

  private void chunk(ByteBuffer file, String type, byte[] data, int bytes) {
    var name = type.getBytes(US_ASCII);
    crc.reset();
    crc.update(name);
    crc.update(data, 0, bytes);
    file.putInt(bytes).put(name).put(data, 0, bytes).putInt((int) crc.getValue());
  }
}
