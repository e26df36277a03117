package dev.cubit.zoo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Receipts of fixed fields; each write returns when the disk has it. */
final class Receipts implements Work {
  private static final int PLACES = 10_000;
  private static final int BYTES = 128;

  private final ConcurrentLinkedDeque<RandomAccessFile> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Path folder;
  private final int fields;

  Receipts(int fields) throws IOException {
    this.folder = Scratch.folder();
    this.fields = fields;
  }

  @Override
  public String answer(String query) throws IOException {
    int receipt = next.incrementAndGet();
    var kept = idle.pollFirst();
    var book =
        kept == null
            ? new RandomAccessFile(folder.resolve("book-" + receipt).toFile(), "rwd")
            : kept;
    for (int field = 0; field < fields; field++) {
      book.seek((long) ((receipt + field * 131) % PLACES) * BYTES);
      book.write(
          ("field " + field + " of " + receipt).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    idle.addFirst(book);
    return "{\"receipt\":" + receipt + "}";
  }
}
