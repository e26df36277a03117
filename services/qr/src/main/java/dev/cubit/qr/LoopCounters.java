package dev.cubit.qr;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one event loop counts. It alone writes, so that a count is a load and a store; whoever asks
 * for the metrics reads, and may see a count a moment late.
 */
final class LoopCounters {
  /** Every status that is ever answered here; others count as the last. */
  static final List<Integer> STATUSES =
      List.of(200, 204, 304, 400, 404, 405, 408, 413, 415, 503, 500);

  /** One in so many pictures is timed: a look at the clock is a hundredth of a request. */
  private static final int TIMED_MASK = 15;

  private static final int TIMED = STATUSES.size();
  private static final int NANOS = TIMED + 1;

  private final AtomicLongArray counts = new AtomicLongArray(NANOS + 1);
  private int pictures;

  void answered(int status) {
    add(status == 200 ? 0 : indexOf(status), 1);
  }

  /** Whether to time the next picture. */
  boolean isTimed() {
    return (++pictures & TIMED_MASK) == 0;
  }

  void timed(long nanos) {
    add(TIMED, 1);
    add(NANOS, nanos);
  }

  long answers(int status) {
    return counts.getOpaque(indexOf(status));
  }

  long timedPictures() {
    return counts.getOpaque(TIMED);
  }

  long timedNanos() {
    return counts.getOpaque(NANOS);
  }

  private static int indexOf(int status) {
    int index = STATUSES.indexOf(status);
    return index < 0 ? STATUSES.size() - 1 : index;
  }

  private void add(int index, long more) {
    counts.setOpaque(index, counts.getPlain(index) + more);
  }
}
