package dev.cubit.qr.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;

/** A PNG taken apart, with every check sum checked: ImageIO would pass over wrong ones. */
record PngFile(List<Chunk> chunks) {
  private static final byte[] SIGNATURE = {(byte) 137, 80, 78, 71, 13, 10, 26, 10};

  /** A chunk's type and what is in it. */
  record Chunk(String type, ByteBuffer data) {}

  static PngFile of(byte[] bytes) {
    var file = ByteBuffer.wrap(bytes);
    var signature = new byte[SIGNATURE.length];
    file.get(signature);
    assertThat(signature).as("signature").isEqualTo(SIGNATURE);
    var chunks = new ArrayList<Chunk>();
    while (file.hasRemaining()) {
      int length = file.getInt();
      var crc = new CRC32();
      crc.update(file.slice(file.position(), 4 + length));
      var type = new byte[4];
      file.get(type);
      var name = new String(type, US_ASCII);
      chunks.add(new Chunk(name, file.slice(file.position(), length).asReadOnlyBuffer()));
      file.position(file.position() + length);
      assertThat(file.getInt()).as("check sum of " + name).isEqualTo((int) crc.getValue());
    }
    return new PngFile(chunks);
  }

  List<String> types() {
    return chunks.stream().map(Chunk::type).toList();
  }

  byte[] data(String type) {
    var found = chunks.stream().filter(chunk -> chunk.type().equals(type)).toList();
    assertThat(found).as(type).hasSize(1);
    var data = found.getFirst().data().duplicate();
    var bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  /** The rows with their filters; the stream must end with its right check sum and no byte more. */
  byte[] raster() {
    int width = ByteBuffer.wrap(data("IHDR")).getInt(0);
    int height = ByteBuffer.wrap(data("IHDR")).getInt(4);
    return inflate(data("IDAT"), height * (1 + (width + 7) / 8));
  }

  /** Inflates a zlib stream that is to hold so many bytes. */
  static byte[] inflate(byte[] stream, int expected) {
    try (var inflater = new Inflater()) {
      inflater.setInput(stream);
      // A byte more, so that a stream which is too long shows.
      var bytes = new byte[expected + 1];
      int count = 0;
      int more = 1;
      while (!inflater.finished() && more > 0) {
        more = inflater.inflate(bytes, count, bytes.length - count);
        count += more;
      }
      assertThat(inflater.finished()).as("the stream's end is reached").isTrue();
      assertThat(inflater.getRemaining()).as("bytes behind the stream").isZero();
      assertThat(count).as("inflated bytes").isEqualTo(expected);
      return Arrays.copyOf(bytes, count);
    } catch (DataFormatException e) {
      throw new AssertionError("the stream is damaged: " + e.getMessage(), e);
    }
  }

  static BufferedImage image(byte[] bytes) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
