package dev.cubit.zoo;

import java.time.Duration;
import java.util.BitSet;

/** Seats of a theatre: whoever takes one holds the plan until the card is checked. */
final class SeatPlan implements Work {
  private static final int SEATS = 1000;

  private final BitSet taken = new BitSet(SEATS);
  private final Duration check;

  SeatPlan(Duration check) {
    this.check = check;
  }

  @Override
  public String answer(String query) throws InterruptedException {
    int seat;
    synchronized (taken) {
      seat = taken.nextClearBit(0);
      if (seat >= SEATS) {
        taken.clear();
      }
      taken.set(seat);
      Thread.sleep(check);
    }
    return "{\"seat\":" + seat + "}";
  }
}
