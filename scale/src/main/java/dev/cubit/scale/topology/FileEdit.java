package dev.cubit.scale.topology;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that gets another text: the old one or the new one is there at any moment, whole.
 *
 * @param before what is in it
 * @param after what is to be in it
 */
public record FileEdit(Path file, String before, String after) {

  /**
   * See that nobody else has changed it.
   *
   * @throws ScaleException where that is so
   */
  public void requireUnchanged() throws ScaleException {
    if (!TopologyFile.text(file).equals(before)) {
      throw new ScaleException(file + " was changed meanwhile, by somebody else");
    }
  }

  /**
   * Writes it.
   *
   * @throws ScaleException where somebody else has changed it, or it cannot be written: it is as it
   *     was
   */
  public void write() throws ScaleException {
    requireUnchanged();
    put(after);
  }

  /**
   * Takes back what was written.
   *
   * @throws ScaleException where that cannot be
   */
  public void undo() throws ScaleException {
    put(before);
  }

  private void put(String text) throws ScaleException {
    try {
      Path real = file.toRealPath(); // a link stays one
      Path next = real.resolveSibling("." + real.getFileName() + ".next");
      try {
        Files.copy(
            real, next, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel =
            FileChannel.open(
                next, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
          ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          channel.force(true);
        }
        Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw new ScaleException("cannot write " + file + ": " + e, e);
    }
  }

  /** The lines that differ: what goes with {@code - } in front, then what comes with {@code + }. */
  public List<String> differences() {
    List<String> old = before.lines().toList();
    List<String> fresh = after.lines().toList();
    int least = Math.min(old.size(), fresh.size());
    int head = 0;
    while (head < least && old.get(head).equals(fresh.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
      tail++;
    }
    List<String> lines = new ArrayList<>();
    old.subList(head, old.size() - tail).forEach(line -> lines.add("- " + line));
    fresh.subList(head, fresh.size() - tail).forEach(line -> lines.add("+ " + line));
    return lines;
  }
}
