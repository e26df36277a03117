package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.Balancing;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often each client or key may ask: a token bucket, kept as the one moment at which it will be
 * full again (the generic cell rate algorithm, ITU-T I.371), so that a request is one
 * compare-and-set.
 *
 * <p>Shared by all event loops: a client's connections may be on one of them, or on all, so that a
 * share for each loop would let it have anything between the share and the whole. Buckets that are
 * full say nothing, and are forgotten; beyond {@value #MOST} keys that are not, all others have one
 * bucket in common.
 */
final class RateLimit {
  static final int MOST = 100_000;

  private static final int LONGEST_KEY = 128;

  private final Balancing.Rate rate;
  private final long costNanos;
  private final long depthNanos;
  private final ConcurrentHashMap<String, AtomicLong> fullAt = new ConcurrentHashMap<>();
  private final AtomicLong common = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong swept = new AtomicLong(Long.MIN_VALUE);

  RateLimit(Balancing.Rate rate) {
    this.rate = rate;
    this.costNanos = Math.max(1, Math.round(1e9 / rate.perSecond()));
    this.depthNanos = costNanos * rate.burst();
  }

  Balancing.Rate rate() {
    return rate;
  }

  /**
   * Takes a token.
   *
   * @return 0, or how many nanoseconds it is until there is one
   */
  long take(String key, long now) {
    AtomicLong bucket = bucket(key, now);
    while (true) {
      long full = bucket.get();
      long from = full == Long.MIN_VALUE || full - now < 0 ? now : full;
      long wait = from + costNanos - now - depthNanos;
      if (wait > 0) {
        return wait;
      }
      if (bucket.compareAndSet(full, from + costNanos)) {
        return 0;
      }
    }
  }

  private AtomicLong bucket(String key, long now) {
    String kept =
        key.length() <= LONGEST_KEY
            ? key
            : key.substring(0, LONGEST_KEY) + key.length() + "." + key.hashCode();
    AtomicLong known = fullAt.get(kept);
    if (known != null) {
      return known;
    }
    if (fullAt.size() >= MOST) {
      sweep(now);
      if (fullAt.size() >= MOST) {
        return common;
      }
    }
    return fullAt.computeIfAbsent(kept, k -> new AtomicLong(Long.MIN_VALUE));
  }

  /** Forgets buckets that are full, at most once a second. */
  private void sweep(long now) {
    long last = swept.get();
    boolean due = last == Long.MIN_VALUE || now - last > 1_000_000_000L;
    if (due && swept.compareAndSet(last, now)) {
      fullAt.values().removeIf(full -> full.get() - now < 0);
    }
  }

  /** How many keys it remembers. */
  int size() {
    return fullAt.size();
  }
}
