package dev.cubit.scale.clone;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hears each line from now on, until it is closed. One who reads too slowly loses lines: else it
 * would stop the reading of the clones' output, and with it the clones.
 */
public final class LogFollower implements AutoCloseable {
  private static final int LINES = 10_000;

  private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(LINES);
  private final AtomicLong lost = new AtomicLong();
  private final Consumer<LogFollower> onClose;

  LogFollower(Consumer<LogFollower> onClose) {
    this.onClose = onClose;
  }

  void offer(LogLine line) {
    if (!lines.offer(line)) {
      lost.incrementAndGet();
    }
  }

  /** The next line; empty where none comes in time. */
  public Optional<LogLine> next(Duration within) throws InterruptedException {
    return Optional.ofNullable(lines.poll(within.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** How many lines it has lost by now. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
