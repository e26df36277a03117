package dev.cubit.target;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the last lines of what passes. */
final class LastLines implements Consumer<String> {
  private static final int LINES = 20;

  private final Consumer<String> next;
  private final Deque<String> last = new ArrayDeque<>(); // guarded by itself

  LastLines(Consumer<String> next) {
    this.next = next;
  }

  @Override
  public void accept(String line) {
    synchronized (last) {
      if (last.size() == LINES) {
        last.removeFirst();
      }
      last.addLast(line);
    }
    next.accept(line);
  }

  List<String> last() {
    synchronized (last) {
      return new ArrayList<>(last);
    }
  }
}
