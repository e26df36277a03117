package dev.cubit.scale.clone;

import java.time.Duration;

/**
 * How the supervisor deals with clones that die.
 *
 * <p>The nth death in a row is followed by a pause between 0 and {@code min(longest, first * 2^(n -
 * 1))}, all equally likely ("full jitter", Brooker, Exponential Backoff And Jitter, 2015), so that
 * clones which died of one cause do not come back in one moment.
 *
 * @param first bound of the pause after a first death
 * @param longest bound of any pause
 * @param settled how long a clone must live for the deaths before to be forgotten; a clone is not
 *     recycled before either
 * @param deaths in a row, after which it is not started again
 * @param sampling between two looks at CPU, memory and requests
 */
public record Patience(
    Duration first, Duration longest, Duration settled, int deaths, Duration sampling) {
  public Patience {
    if (!first.isPositive() || longest.compareTo(first) < 0 || deaths < 1) {
      throw new IllegalArgumentException("pauses are above 0, and at least one death is borne");
    }
  }

  /**
   * 0.2 s doubled up to 30 s, forgotten after 10 s, parked at the 12th: about a minute and a half
   * of dying at once, which a database's restart should not take.
   */
  public static Patience usual() {
    return new Patience(
        Duration.ofMillis(200),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        12,
        Duration.ofSeconds(1));
  }
}
