package dev.cubit.zoo;

import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Threads as most services have some: they wait for work that seldom comes. */
final class Neighbours {
  private static final AtomicLong TICKS = new AtomicLong();

  private Neighbours() {}

  static void moveIn() {
    var timer = Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());
    var mail = new LinkedBlockingQueue<Long>();
    timer.scheduleAtFixedRate(() -> mail.add(TICKS.get()), 1, 1, TimeUnit.SECONDS);
    timer.scheduleAtFixedRate(TICKS::incrementAndGet, 100, 100, TimeUnit.MILLISECONDS);
    Thread.ofPlatform().daemon().name("mail-consumer").start(() -> consume(mail));
  }

  private static void consume(LinkedBlockingQueue<Long> mail) {
    try {
      while (mail.take() >= 0) {
        TICKS.decrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
