package dev.cubit.zoo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Reads pieces of a large file, past the page cache. */
final class Archive implements Work {
  private static final int PIECE = 1 << 20;

  private final FileChannel file;
  private final int block;
  private final int pieces;
  private final int reads;
  private final ConcurrentLinkedDeque<ByteBuffer> buffers = new ConcurrentLinkedDeque<>();

  /** A file of so many MB, of which a request reads some. */
  Archive(int megabytes, int reads) throws IOException {
    var path = Scratch.folder().resolve("archive");
    write(path, megabytes);
    this.file = FileChannel.open(path, StandardOpenOption.READ, direct());
    this.block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
    this.pieces = megabytes;
    this.reads = reads;
  }

  /** By its name: the compiler warns of the class, for no reason that could be told not to. */
  private static OpenOption direct() throws IOException {
    try {
      var options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return (OpenOption)
          Stream.of(options).filter(o -> o.toString().equals("DIRECT")).findAny().orElseThrow();
    } catch (ClassNotFoundException e) {
      throw new IOException("this JDK has no direct reads", e);
    }
  }

  private static void write(Path path, int megabytes) throws IOException {
    try (var out = Files.newOutputStream(path)) {
      var piece = new byte[PIECE];
      for (int i = 0; i < megabytes; i++) {
        ThreadLocalRandom.current().nextBytes(piece);
        out.write(piece);
      }
    }
  }

  @Override
  public String answer(String query) throws IOException {
    var kept = buffers.pollFirst();
    var buffer = kept == null ? ByteBuffer.allocateDirect(PIECE + block).alignedSlice(block) : kept;
    int sum = 0;
    for (int i = 0; i < reads; i++) {
      long piece = ThreadLocalRandom.current().nextInt(pieces);
      file.read(buffer.clear().limit(PIECE), piece * PIECE);
      sum += buffer.get(0);
    }
    buffers.addFirst(buffer);
    return "{\"sum\":" + sum + "}";
  }
}
