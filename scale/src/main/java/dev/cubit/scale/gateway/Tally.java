package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one event loop counts of an endpoint or a service, from the begin on. Owned by the loop,
 * which hands out copies. Hot path: recording allocates nothing.
 */
@SuppressWarnings("EnumOrdinal") // as an index of an array, which is not kept
final class Tally {
  private static final long LONGEST_MICROS = 3_600_000_000L;
  private static final Outcome[] OUTCOMES = Outcome.values();

  private final Histogram latency = new Histogram(1, LONGEST_MICROS, 2);
  private final long[] classes = new long[6];
  private final long[] outcomes = new long[OUTCOMES.length];
  long requests;
  long inFlight;
  long bytesIn;
  long bytesOut;
  long unavailable;
  long shed;
  long limited;
  long ejections;
  long ejectedBy;
  long repeats;

  /** A request has come; {@link #left} follows. */
  void begun() {
    requests++;
    inFlight++;
  }

  /** It is under way no longer, with what it has carried in bytes. */
  void left(long in, long out) {
    inFlight--;
    bytesIn += in;
    bytesOut += out;
  }

  /** A request or an attempt has ended. */
  void ended(Outcome outcome, int status, long nanos) {
    outcomes[outcome.ordinal()]++;
    if (outcome == Outcome.ANSWERED) {
      classes[status / 100]++;
      latency.recordValue(Math.clamp((nanos + 500) / 1000, 0, LONGEST_MICROS));
    }
  }

  /** Adds all that another has but what is in flight there. */
  void add(Tally other) {
    latency.add(other.latency);
    for (int i = 0; i < classes.length; i++) {
      classes[i] += other.classes[i];
    }
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] += other.outcomes[i];
    }
    requests += other.requests;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    unavailable += other.unavailable;
    shed += other.shed;
    limited += other.limited;
    ejections += other.ejections;
    repeats += other.repeats;
  }

  /** A copy of it as it is now. */
  Statistics.Counts counts() {
    Map<Outcome, Long> errors = new EnumMap<>(Outcome.class);
    for (Outcome outcome : OUTCOMES) {
      if (outcome != Outcome.ANSWERED && outcomes[outcome.ordinal()] > 0) {
        errors.put(outcome, outcomes[outcome.ordinal()]);
      }
    }
    return new Statistics.Counts(
        requests,
        inFlight,
        classes[1],
        classes[2],
        classes[3],
        classes[4],
        classes[5],
        errors,
        unavailable,
        shed,
        limited,
        ejections,
        ejectedBy,
        repeats,
        bytesIn,
        bytesOut,
        latency);
  }
}
