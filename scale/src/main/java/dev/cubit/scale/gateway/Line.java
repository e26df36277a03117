package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidates;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Those who wait, in order, until one of some endpoints is free. All of a service have one, and
 * each of its versions and partitions: who waits for one that is down is in nobody else's way.
 * Owned by an event loop.
 */
final class Line {
  final Candidates candidates = new Candidates();
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();

  /** Who waits in it. */
  interface Waiter {
    /** Somebody may be free: true where it need not wait any longer. */
    boolean leavesQueue();

    /** It is in no line any longer, and looks anew whom it may ask. */
    void askAnew();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** False where too many wait already. */
  boolean enqueue(Waiter waiter, int most) {
    if (waiting.size() >= most) {
      return false;
    }
    waiting.add(waiter);
    return true;
  }

  void leave(Waiter waiter) {
    waiting.remove(waiter);
  }

  void giveOut() {
    while (!waiting.isEmpty() && waiting.peek().leavesQueue()) {
      waiting.poll();
    }
  }

  /** Empties it. */
  List<Waiter> takeAll() {
    List<Waiter> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
