package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cubit.qr.symbol.Symbol;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * PNG (third edition) with one bit a pixel: greyscale for black on white, else a palette of two
 * colours, of which only the header knows. No pixel is ever drawn: {@link ModuleTables} turn
 * modules into the bits of the compressed stream, and where they do not suit, {@link PixelRows}
 * compresses the few rows that differ.
 *
 * <p>Owned by one thread.
 */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** The last chunk, which is always the same. */
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82
  };

  /** Length, type and check sum around the data of a chunk. */
  private static final int CHUNK_FRAME = 12;

  private static final int ZLIB_HEADER = 0x7801;
  private static final int GREYSCALE = 0;
  private static final int PALETTE = 3;

  private final BitSink sink = new BitSink();
  private final Adler adler = new Adler();
  private final CRC32 crc = new CRC32();

  byte[] write(Symbol symbol, Style style) {
    var tables = ModuleTables.of(symbol.size(), style);
    var head = tables.head();
    if (!isBlackOnWhite(style)) {
      head = head(style);
    }
    // The chunk's length and type come first, and the zlib header.
    int data = head.length + 8;
    sink.clear(data + 2);
    if (tables.suit()) {
      tables.write(symbol, sink, adler);
    } else {
      new PixelRows(symbol, tables.layout()).write(sink, adler);
    }
    var file = file(head, data, sink.align());
    sink.shrink();
    return file;
  }

  private byte[] file(byte[] head, int data, int end) {
    sink.reserve(4);
    var file = ByteBuffer.wrap(Arrays.copyOf(sink.bytes(), end + 4 + 4 + END.length));
    file.put(head).putInt(end + 4 - data).put((byte) 'I').put((byte) 'D').put((byte) 'A');
    file.put((byte) 'T').putShort((short) ZLIB_HEADER);
    file.putInt(end, adler.value());
    crc.reset();
    crc.update(file.array(), data - 4, end + 4 - (data - 4));
    file.putInt(end + 4, (int) crc.getValue());
    file.put(end + 8, END);
    return file.array();
  }

  private static boolean isBlackOnWhite(Style style) {
    return style.dark().equals(Rgba.BLACK) && style.light().equals(Rgba.WHITE);
  }

  /** All before the chunk of pixels. */
  static byte[] head(Style style) {
    boolean isGrey = isBlackOnWhite(style);
    boolean isOpaque = style.dark().isOpaque() && style.light().isOpaque();
    int colours = isGrey ? 0 : CHUNK_FRAME + 6;
    int alphas = isOpaque ? 0 : CHUNK_FRAME + 2;
    var head = ByteBuffer.allocate(SIGNATURE.length + CHUNK_FRAME + 13 + colours + alphas);
    head.put(SIGNATURE);
    var header = ByteBuffer.allocate(13).putInt(style.width()).putInt(style.height()).put((byte) 1);
    // Deflate, adaptive filters and no interlacing are 0.
    chunk(head, "IHDR", header.put((byte) (isGrey ? GREYSCALE : PALETTE)).array());
    if (!isGrey) {
      // A dark pixel is 0, a light one 1.
      var dark = style.dark();
      var light = style.light();
      chunk(
          head,
          "PLTE",
          bytes(dark.red(), dark.green(), dark.blue(), light.red(), light.green(), light.blue()));
      if (!isOpaque) {
        chunk(head, "tRNS", bytes(dark.alpha(), light.alpha()));
      }
    }
    return head.array();
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void chunk(ByteBuffer file, String type, byte[] data) {
    var name = type.getBytes(US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    file.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
  }
}
