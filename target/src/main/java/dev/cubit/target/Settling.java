package dev.cubit.target;

/**
 * Tells when processes that start have done so: they neither use the CPU nor wait for it any more,
 * or have had long enough.
 */
final class Settling {
  private static final long SHORTEST_NANOS = 500_000_000L;
  private static final long LONGEST_NANOS = 5_000_000_000L;
  private static final double QUIET_CORES = 0.1;

  private final ProcessTree tree;
  private final long begin = System.nanoTime();
  private long windowBegin = begin;
  private long windowWanted;

  Settling(ProcessTree tree) {
    this.tree = tree;
    this.windowWanted = wantedNanos();
  }

  private long wantedNanos() {
    return tree.pids().stream()
        .flatMap(pid -> ThreadTimes.of(pid).stream())
        .mapToLong(thread -> thread.cpuNanos() + thread.runQueueNanos())
        .sum();
  }

  /** To be asked again and again. */
  boolean isSettled() {
    long now = System.nanoTime();
    if (now - begin > LONGEST_NANOS) {
      return true;
    }
    if (now - windowBegin < SHORTEST_NANOS) {
      return false;
    }
    long wanted = wantedNanos();
    boolean quiet = wanted - windowWanted < QUIET_CORES * (now - windowBegin);
    windowBegin = now;
    windowWanted = wanted;
    return quiet;
  }
}
