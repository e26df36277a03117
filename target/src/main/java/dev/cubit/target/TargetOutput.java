package dev.cubit.target;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a target writes, all of it and at once, so that it is never blocked by us; keeps the
 * last lines. Long lines are cut: memory stays bounded whatever it writes.
 */
final class TargetOutput {
  private static final int LINES = 20;
  private static final int LINE_BYTES = 4096;

  private final Consumer<String> listener;
  private final Deque<String> last = new ArrayDeque<>(); // guarded by itself

  TargetOutput(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Reads until the end, on a thread of its own. */
  Thread read(InputStream from) {
    return Thread.ofVirtual().name("target-output").start(() -> readLines(from));
  }

  private void readLines(InputStream from) {
    byte[] buffer = new byte[8192];
    byte[] line = new byte[LINE_BYTES];
    int length = 0;
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            line(line, length);
            length = 0;
          } else if (length < LINE_BYTES) {
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
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8).stripTrailing();
    synchronized (last) {
      if (last.size() == LINES) {
        last.removeFirst();
      }
      last.addLast(text);
    }
    listener.accept(text);
  }

  List<String> last() {
    synchronized (last) {
      return new ArrayList<>(last);
    }
  }
}
