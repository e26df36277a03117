package dev.cubit.scale.gateway.balance;

/**
 * The weight of one that was just admitted: a tenth at first (Envoy's least, as with nothing it
 * would never warm up), then in proportion to its age, until it has its whole share.
 */
public final class SlowStart {
  private static final double LEAST = 0.1;

  private SlowStart() {}

  /**
   * Its weight at an age.
   *
   * @param timeNanos until it has the whole; 0: it has it at once
   */
  public static double weight(long ageNanos, long timeNanos) {
    if (ageNanos >= timeNanos) {
      return 1;
    }
    return Math.max(LEAST, (double) ageNanos / timeNanos);
  }
}
