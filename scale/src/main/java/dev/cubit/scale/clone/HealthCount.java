package dev.cubit.scale.clone;

import dev.cubit.scale.topology.Care.Health;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts the answers to the health questions of one process or server, so that it takes several in
 * a row until it is held for another than it was. Owned by the thread that asks.
 */
public final class HealthCount {
  private int inRow;

  /** With nothing counted. */
  public HealthCount() {}

  /**
   * Takes one more answer.
   *
   * @param wasHealthy what it is held for
   * @param isHealthy what the answer says
   * @return whether it is held for the opposite from now on
   */
  public boolean turns(boolean wasHealthy, boolean isHealthy, Health health) {
    inRow = isHealthy == wasHealthy ? 0 : inRow + 1;
    boolean turns = inRow >= (wasHealthy ? health.fall() : health.rise());
    inRow = turns ? 0 : inRow;
    return turns;
  }

  /**
   * Until the next question: the interval, up to a tenth shorter or longer, so that many are not
   * asked at one moment.
   */
  public static Duration pause(Health health) {
    double factor = 0.9 + 0.2 * ThreadLocalRandom.current().nextDouble();
    return Duration.ofNanos((long) (health.interval().toNanos() * factor));
  }
}
