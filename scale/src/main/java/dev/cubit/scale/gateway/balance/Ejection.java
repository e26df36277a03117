package dev.cubit.scale.gateway.balance;

import dev.cubit.scale.topology.Balancing;
import java.util.Arrays;

/**
 * Takes those out that fail or are slow, for a while (Envoy's outlier detection). One for each
 * service, or each of its partitions, on each event loop: every loop learns from its own requests,
 * so that a clone that fails is left alone by each loop after so many failures of that loop.
 *
 * <pre>
 *   ASKED ── failures in a row, or a median far above the others' ──► EJECTED
 *     ▲                                                                  │
 *     └──────────── after n times the configured time ───────────────────┘  the nth time
 * </pre>
 *
 * <p>Panic: where more than the configured share would have to be out, nobody is, as the fault is
 * then rather in what all depend on, and the few that are left would fall over.
 */
public final class Ejection {
  private static final int SAMPLES = 64;
  private static final int ENOUGH = 20;
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final int MOST_TIMES = 30;

  /** What is kept of one; the candidate holds it. */
  static final class Health {
    int failures;
    int ejections;
    boolean out;
    long until;
    long backSince;
    private final long[] latencies = new long[SAMPLES];
    private int count;
    private long median;
  }

  private final Candidates all;
  private final long[] sorted = new long[SAMPLES];
  private Balancing.Ejection rules;
  private long lastLook;
  private int out;
  private long ejections;

  /** Of those that stand in for one another. */
  public Ejection(Candidates all, Balancing.Ejection rules) {
    this.all = all;
    this.rules = rules;
  }

  /** One more stands in. */
  public void add(Candidate candidate) {
    all.add(candidate);
    settle();
  }

  /** One does not any longer. */
  public void remove(Candidate candidate) {
    all.remove(candidate);
    settle();
  }

  /** By other rules from now on. */
  public void rules(Balancing.Ejection wanted) {
    rules = wanted;
    if (isOff()) {
      for (int i = 0; i < all.size(); i++) {
        all.get(i).health().out = false;
      }
    }
    settle();
  }

  /** How often one was taken out, so far. */
  public long ejections() {
    return ejections;
  }

  private boolean isOff() {
    return rules.failures() == 0 && rules.latencyFactor() == 0;
  }

  /** An attempt has ended. Hot path. */
  public void ended(Candidate candidate, Outcome outcome, int status, long nanos, long now) {
    if (outcome == Outcome.CANCELLED) {
      return;
    }
    Health health = candidate.health();
    boolean failed = outcome != Outcome.ANSWERED || status == 502 || status == 503 || status == 504;
    if (!failed) {
      health.failures = 0;
      if (rules.latencyFactor() > 0) {
        health.latencies[health.count++ % SAMPLES] = nanos;
      }
    } else if (rules.failures() > 0 && ++health.failures >= rules.failures() && !health.out) {
      eject(health, now);
    }
  }

  private void eject(Health health, long now) {
    health.out = true;
    health.ejections = Math.min(MOST_TIMES, health.ejections + 1);
    health.until = now + health.ejections * rules.time().toNanos();
    health.failures = 0;
    health.count = 0;
    ejections++;
    settle();
  }

  /**
   * Looks at the time and at latencies; some times a second.
   *
   * @return whether somebody can be asked again
   */
  public boolean tick(long now) {
    boolean back = false;
    for (int i = 0; out > 0 && i < all.size(); i++) {
      Health health = all.get(i).health();
      if (health.out && now - health.until >= 0) {
        health.out = false;
        health.backSince = now;
        back = true;
      }
    }
    if (back) {
      settle();
    }
    if (!isOff() && now - lastLook >= LOOK_NANOS) {
      lastLook = now;
      forgive(now);
      if (rules.latencyFactor() > 0) {
        compare(now);
      }
    }
    return back;
  }

  /** For each time that it was back without a fault, one ejection is forgotten. */
  private void forgive(long now) {
    for (int i = 0; i < all.size(); i++) {
      Health health = all.get(i).health();
      if (!health.out
          && health.ejections > 0
          && now - health.backSince >= rules.time().toNanos()
          && health.failures == 0) {
        health.ejections--;
        health.backSince = now;
      }
    }
  }

  private void compare(long now) {
    int n = all.size();
    for (int i = 0; i < n; i++) {
      Health health = all.get(i).health();
      health.median = health.out || health.count < ENOUGH ? 0 : median(health);
    }
    for (int i = 0; i < n; i++) {
      Health health = all.get(i).health();
      long others = othersMedian(i);
      if (health.median > 0 && others > 0 && health.median > rules.latencyFactor() * others) {
        eject(health, now);
      }
    }
  }

  private long median(Health health) {
    int n = Math.min(health.count, SAMPLES);
    System.arraycopy(health.latencies, 0, sorted, 0, n);
    Arrays.sort(sorted, 0, n);
    return sorted[n / 2];
  }

  /** The median of the others' medians: the lower of the two in the middle. */
  private long othersMedian(int but) {
    long[] medians = new long[all.size()];
    int n = 0;
    for (int i = 0; i < all.size(); i++) {
      if (i != but && all.get(i).health().median > 0) {
        medians[n++] = all.get(i).health().median;
      }
    }
    Arrays.sort(medians, 0, n);
    return n == 0 ? 0 : medians[(n - 1) / 2];
  }

  /** Says who is to be asked, after somebody came, went, was taken out or put back. */
  public void settle() {
    out = 0;
    for (int i = 0; i < all.size(); i++) {
      out += all.get(i).health().out ? 1 : 0;
    }
    boolean panic = out > rules.most() * all.size();
    for (int i = 0; i < all.size(); i++) {
      Candidate candidate = all.get(i);
      candidate.ejected(candidate.health().out && !panic);
    }
  }
}
