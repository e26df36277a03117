package dev.cubit.measure;

/**
 * The ratio of two runs' figures, B by A, with its 95 % confidence interval.
 *
 * @param low of the interval, above 0 and at most the estimate
 * @param high of the interval, at least the estimate
 */
public record Ratio(double estimate, double low, double high) {
  /** True where the interval includes 1: a difference is not shown. */
  public boolean includesOne() {
    return low <= 1 && high >= 1;
  }

  /**
   * Half the width of the interval, relative to the estimate: a difference smaller than this would
   * not have been seen.
   */
  public double halfWidth() {
    return Math.sqrt(high / low) - 1;
  }
}
