package dev.cubit.zoo;

import java.time.Duration;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Departures; every third request has one moved, which the display has to confirm. */
final class Timetable implements Work {
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final int[] departures = new int[200];
  private final Duration display;

  Timetable(Duration display) {
    this.display = display;
  }

  @Override
  public String answer(String query) throws InterruptedException {
    return "{\"next\":" + (Math.floorMod(System.nanoTime(), 3) == 0 ? move() : next()) + "}";
  }

  private int next() {
    lock.readLock().lock();
    try {
      int next = Integer.MAX_VALUE;
      for (int departure : departures) {
        next = Math.min(next, departure);
      }
      return next;
    } finally {
      lock.readLock().unlock();
    }
  }

  private int move() throws InterruptedException {
    lock.writeLock().lock();
    try {
      Thread.sleep(display);
      return departures[departures[0]++ % departures.length]++;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
