package dev.cubit.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads what a process writes, all of it and at once, so that it is never blocked by us. Long lines
 * are cut: memory stays bounded whatever it writes.
 */
final class TargetOutput {
  private final int lineBytes;
  private final Consumer<String> listener;

  TargetOutput(int lineBytes, Consumer<String> listener) {
    this.lineBytes = lineBytes;
    this.listener = listener;
  }

  /** Reads until the end, on a thread of its own. */
  Thread read(InputStream from) {
    return Thread.ofVirtual().name("target-output").start(() -> readLines(from));
  }

  private void readLines(InputStream from) {
    byte[] buffer = new byte[8192];
    byte[] line = new byte[lineBytes];
    int length = 0;
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            line(line, length);
            length = 0;
          } else if (length < lineBytes) {
            line[length++] = buffer[i];
          }
        }
      }
    } catch (IOException e) {
      // the process has ended
    }
    if (length > 0) {
      line(line, length);
    }
  }

  private void line(byte[] bytes, int length) {
    listener.accept(new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing());
  }
}
