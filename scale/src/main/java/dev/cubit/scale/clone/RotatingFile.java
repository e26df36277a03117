package dev.cubit.scale.clone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code NAME.log}, which becomes {@code NAME.1.log} when it is full, that {@code NAME.2.log}, and
 * so on; the oldest is deleted. What is written is written at once, so that {@code tail -f} sees
 * it. Opened when there is something to write. Owned by one thread at a time.
 */
public final class RotatingFile implements AutoCloseable {
  private static final long USUAL_BYTES = 10L << 20;
  private static final int USUAL_FILES = 5;

  private final Path folder;
  private final String name;
  private final String extension;
  private final long mostBytes;
  private final int mostFiles;
  private @Nullable OutputStream out;
  private long bytes;

  /** Of five files with 10 MiB each: this one and its numbered predecessors. */
  public RotatingFile(Path file) {
    this(file, USUAL_BYTES, USUAL_FILES);
  }

  /**
   * With bounds.
   *
   * @param mostBytes of one file, but for its last line
   * @param mostFiles that there are, the one that is written included
   */
  RotatingFile(Path file, long mostBytes, int mostFiles) {
    Path whole = file.toAbsolutePath();
    String written = String.valueOf(whole.getFileName());
    int dot = written.lastIndexOf('.');
    this.folder = Optional.ofNullable(whole.getParent()).orElse(whole);
    this.name = dot < 1 ? written : written.substring(0, dot);
    this.extension = dot < 1 ? "" : written.substring(dot);
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
  }

  /** Writes one line, or several with breaks between them, and a break. */
  public void write(String lines) throws IOException {
    OutputStream to = out == null || bytes >= mostBytes ? open() : out;
    byte[] written = (lines + "\n").getBytes(StandardCharsets.UTF_8);
    to.write(written);
    bytes += written.length;
  }

  private OutputStream open() throws IOException {
    close();
    Files.createDirectories(folder);
    Path current = numbered(0);
    bytes = Files.exists(current) ? Files.size(current) : 0;
    if (bytes >= mostBytes) {
      for (int i = mostFiles - 1; i > 0; i--) {
        if (Files.exists(numbered(i - 1))) {
          Files.move(numbered(i - 1), numbered(i), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.deleteIfExists(current); // where only one is kept
      bytes = 0;
    }
    OutputStream opened =
        Files.newOutputStream(current, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    out = opened;
    return opened;
  }

  private Path numbered(int i) {
    return folder.resolve(name + (i == 0 ? "" : "." + i) + extension);
  }

  @Override
  public void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        // nothing is buffered, so nothing is lost
      }
      out = null;
    }
  }
}
