package dev.cubit.cli;

import dev.cubit.scale.clone.LogFollower;
import dev.cubit.scale.clone.LogLine;
import java.time.Duration;
import java.util.Optional;

/** What clones write, as it comes, each line with the clone's name before it. */
final class CloneLines implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final LogFollower follower;
  private final ClonePrefix prefix;
  private final Terminal terminal;
  private final Thread thread = Thread.ofVirtual().name("clone-lines").unstarted(this::print);
  private volatile boolean closing;
  private long lost; // of the thread

  private CloneLines(LogFollower follower, Terminal terminal) {
    this.follower = follower;
    this.terminal = terminal;
    this.prefix = new ClonePrefix(terminal.colour());
  }

  static CloneLines of(LogFollower follower, Terminal terminal) {
    CloneLines lines = new CloneLines(follower, terminal);
    lines.thread.start();
    return lines;
  }

  private void print() {
    try {
      while (true) {
        Optional<LogLine> line = follower.next(LOOK);
        if (line.isPresent()) {
          terminal.out().println(prefix.of(line.get().name()) + line.get().text());
          tellLost();
        } else if (closing) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // no more are wanted
    }
  }

  private void tellLost() {
    long now = follower.lost();
    if (now > lost) {
      terminal.note(
          (now - lost) + " lines of clones came too fast to be shown: their files have them");
      lost = now;
    }
  }

  /** Returns when all that has come is printed. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    follower.close();
  }
}
