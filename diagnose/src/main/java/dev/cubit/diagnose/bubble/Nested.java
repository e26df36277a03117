package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Leaves each moment of a thread to one wait. A virtual thread that reads a socket is parked
 * meanwhile, and both are recorded; the outer one knows the address. Only that a carrier was kept
 * counts for more than what it was kept for.
 */
final class Nested {
  /** The events of one wait are begun and ended one after the other. */
  private static final long SLACK_NANOS = 200_000;

  private Nested() {}

  /** The waits that are in no other, by thread and in order of time. */
  static List<Wait> outermost(List<Wait> waits) {
    List<Wait> sorted = new ArrayList<>(waits);
    sorted.sort(
        Comparator.comparingLong(Wait::threadId)
            .thenComparingLong(Wait::at)
            .thenComparing(Comparator.comparingLong(Wait::nanos).reversed()));
    List<Wait> kept = new ArrayList<>(sorted.size());
    for (Wait wait : sorted) {
      if (kept.isEmpty() || !overlaps(kept.getLast(), wait)) {
        kept.add(wait);
      } else if (counts(wait) > counts(kept.getLast())) {
        kept.set(kept.size() - 1, wait);
      }
    }
    return kept;
  }

  private static boolean overlaps(Wait earlier, Wait later) {
    return later.threadId() != 0
        && earlier.threadId() == later.threadId()
        && later.at() < earlier.at() + earlier.nanos() - SLACK_NANOS;
  }

  private static int counts(Wait wait) {
    if (wait.kind() == WaitKind.PINNED) {
      return 2;
    }
    // of two that began together the park may have been written first
    return wait.kind() == WaitKind.PARK ? 0 : 1;
  }
}
