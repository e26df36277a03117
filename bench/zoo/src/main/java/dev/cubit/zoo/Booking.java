package dev.cubit.zoo;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Bookings go to a terminal that takes its time and one booking at a time. */
final class Booking implements Work {
  private final ReentrantLock terminal = new ReentrantLock();
  private final Duration printing;
  private long number;

  Booking(Duration printing) {
    this.printing = printing;
  }

  @Override
  public String answer(String query) throws InterruptedException {
    terminal.lock();
    try {
      number++;
      Thread.sleep(printing);
      return "{\"booking\":" + number + "}";
    } finally {
      terminal.unlock();
    }
  }
}
