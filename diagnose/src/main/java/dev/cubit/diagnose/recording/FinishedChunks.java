package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.DiagnoseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A recording is a row of chunks, each with a header that tells where its metadata and its
 * constants are. They are written last: one that was not ended has none, and the JDK's reader
 * refuses the whole file for it, or waits for its end for ever.
 *
 * <pre>
 * 0 FLR\0   4 version   8 size   16 place of the constants   24 place of the metadata   32 ...   68 events
 * </pre>
 */
public final class FinishedChunks {
  private static final int HEADER = 68;
  private static final int MAGIC = 0x464c5200;
  private static final int SIZE = 8;
  private static final int CONSTANTS = 16;
  private static final int METADATA = 24;

  private FinishedChunks() {}

  /**
   * Cuts off what comes after the last chunk that was ended.
   *
   * @return how many there are; where there is none, the file is left as it is
   */
  public static int keep(Path file) throws DiagnoseException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Ended ended = ended(channel);
      if (ended.chunks() > 0) {
        channel.truncate(ended.bytes());
      }
      return ended.chunks();
    } catch (IOException e) {
      throw new DiagnoseException("cannot mend " + file + ": " + e.getMessage(), e);
    }
  }

  /** Where the last chunk ends that was ended; 0 where none was. */
  static long end(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return ended(channel).bytes();
    }
  }

  private record Ended(int chunks, long bytes) {}

  private static Ended ended(FileChannel channel) throws IOException {
    int chunks = 0;
    long end = 0;
    for (long next = afterChunk(channel, 0); next > 0; next = afterChunk(channel, end)) {
      chunks++;
      end = next;
    }
    return new Ended(chunks, end);
  }

  /** Where the chunk that begins here ends, or -1 where none begins or it was not ended. */
  private static long afterChunk(FileChannel channel, long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    while (header.hasRemaining() && channel.read(header, at + header.position()) > 0) {
      // a read may give less than asked for
    }
    if (header.hasRemaining() || header.getInt(0) != MAGIC) {
      return -1;
    }
    long size = header.getLong(SIZE);
    boolean ended =
        header.getLong(CONSTANTS) > 0
            && header.getLong(METADATA) > 0
            && size > HEADER
            && size <= channel.size() - at;
    return ended ? at + size : -1;
  }
}
