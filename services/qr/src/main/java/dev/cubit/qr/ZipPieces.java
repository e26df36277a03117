package dev.cubit.qr;

import dev.cubit.qr.image.Format;
import dev.cubit.qr.symbol.Symbol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP of pictures that is made as it is sent, a piece at a time. It holds the symbols of all
 * pictures, at most 4 KB each, and one picture.
 *
 * <p>Used by one thread at a time.
 */
final class ZipPieces {
  /** One picture to come. */
  record Entry(String fileName, Symbol symbol, Order order) {}

  private static final int PIECE_BYTES = 64 << 10;

  /** The first that ZIP can say, so that equal batches give equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Queue<Entry> entries;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);
  private boolean finished;

  ZipPieces(List<Entry> entries) {
    this.entries = new ArrayDeque<>(entries);
  }

  /** Whether there is nothing more to come. */
  boolean isFinished() {
    return finished;
  }

  /** About {@value #PIECE_BYTES} bytes, or the rest. */
  byte[] next(PictureMaker maker) {
    try {
      while (bytes.size() < PIECE_BYTES && !finished) {
        var entry = entries.poll();
        if (entry == null) {
          zip.close();
          finished = true;
        } else {
          add(entry, maker.draw(entry.symbol(), entry.order()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var piece = bytes.toByteArray();
    bytes.reset();
    return piece;
  }

  private void add(Entry entry, byte[] file) throws IOException {
    var head = new ZipEntry(entry.fileName());
    head.setTimeLocal(TIME);
    if (isCompressed(entry.order().format())) {
      var sum = new CRC32();
      sum.update(file);
      head.setMethod(ZipEntry.STORED);
      head.setSize(file.length);
      head.setCrc(sum.getValue());
    }
    zip.putNextEntry(head);
    zip.write(file);
    zip.closeEntry();
  }

  private static boolean isCompressed(Format format) {
    return format == Format.PNG || Formats.isHeldInMemory(format);
  }
}
