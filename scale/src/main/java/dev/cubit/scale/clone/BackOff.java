package dev.cubit.scale.clone;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Counts the deaths of one clone; {@link Patience} has the formula. Owned by its thread. */
final class BackOff {
  private final Patience patience;
  private final RandomGenerator random;
  private int deaths;

  BackOff(Patience patience, RandomGenerator random) {
    this.patience = patience;
    this.random = random;
  }

  /**
   * It has died.
   *
   * @param lived from when it took requests; 0 where it never did
   * @return how long to wait before it is started again; empty: not at all
   */
  Optional<Duration> died(Duration lived) {
    deaths = lived.compareTo(patience.settled()) >= 0 ? 1 : deaths + 1;
    if (deaths >= patience.deaths()) {
      return Optional.empty();
    }
    double bound = patience.first().toNanos() * Math.pow(2, deaths - 1);
    return Optional.of(
        Duration.ofNanos(
            (long) (random.nextDouble() * Math.min(bound, patience.longest().toNanos()))));
  }

  /** Somebody has asked for another try. */
  void forget() {
    deaths = 0;
  }
}
