package dev.cubit.measure;

/**
 * A bound that a run must keep, as in {@code p99<50ms}, {@code errors<0.1%} or {@code rps>1000}.
 *
 * @param text as it was written
 */
public record Goal(String text) {
  /** Whether a goal held: what was asked, what was measured. */
  public record Outcome(Goal goal, boolean held, String measured) {}
}
