package dev.cubit.scale.clone;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one place: anybody may give one, until the place's thread follows none any more.
 */
final class Orders {
  private final BlockingQueue<Order> waiting = new LinkedBlockingQueue<>();
  private boolean over; // guarded by this

  /** False where none is followed any more. */
  synchronized boolean add(Order order) {
    return !over && waiting.add(order);
  }

  /** Waits for the next; null where none comes before that time. */
  @Nullable Order next(Optional<Long> untilNanos) throws InterruptedException {
    return untilNanos.isEmpty()
        ? waiting.take()
        : waiting.poll(untilNanos.get() - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  boolean hasReplace() {
    return waiting.stream().anyMatch(order -> order instanceof Order.Replace);
  }

  /** From now on none is taken; those that wait are handed back. */
  synchronized List<Order> end() {
    over = true;
    return List.copyOf(waiting);
  }
}
