package dev.cubit.scale.gateway;

/**
 * How many requests may be repeated: a share of those of the last ten seconds, so that repeats
 * cannot multiply the load of a service that is failing; and a few in any case, so that one with
 * little traffic has repeats at all. Owned by an event loop.
 */
final class RetryBudget {
  private static final int SECONDS = 10;
  private static final int IN_ANY_CASE = 10;

  private final long[] requests = new long[SECONDS];
  private final long[] repeats = new long[SECONDS];
  private long second = Long.MIN_VALUE;

  /** Counts a request. */
  void request(long nowNanos) {
    requests[slot(nowNanos)]++;
  }

  /** Takes a repeat, where there is one left. */
  boolean take(double share, long nowNanos) {
    int slot = slot(nowNanos);
    long asked = 0;
    long repeated = 0;
    for (int i = 0; i < SECONDS; i++) {
      asked += requests[i];
      repeated += repeats[i];
    }
    boolean granted = share > 0 && repeated < Math.max(IN_ANY_CASE, share * asked);
    repeats[slot] += granted ? 1 : 0;
    return granted;
  }

  private int slot(long nowNanos) {
    long now = Math.floorDiv(nowNanos, 1_000_000_000L);
    if (now != second) {
      long from = Math.max(second + 1, now - SECONDS + 1);
      for (long s = second == Long.MIN_VALUE ? now - SECONDS + 1 : from; s <= now; s++) {
        requests[Math.floorMod(s, SECONDS)] = 0;
        repeats[Math.floorMod(s, SECONDS)] = 0;
      }
      second = now;
    }
    return (int) Math.floorMod(now, (long) SECONDS);
  }
}
