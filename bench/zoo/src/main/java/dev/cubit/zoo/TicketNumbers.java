package dev.cubit.zoo;

import java.util.concurrent.locks.ReentrantLock;

/** Numbers with check digits, given out one after the other. */
final class TicketNumbers implements Work {
  private final ReentrantLock counter = new ReentrantLock();
  private final int steps;
  private long last = 1;

  TicketNumbers(int steps) {
    this.steps = steps;
  }

  @Override
  public String answer(String query) {
    counter.lock();
    try {
      last += 2;
      return "{\"ticket\":" + last + ",\"check\":" + Compounding.interest(last, steps) + "}";
    } finally {
      counter.unlock();
    }
  }
}
