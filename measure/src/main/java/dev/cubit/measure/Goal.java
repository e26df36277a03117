package dev.cubit.measure;

import java.util.List;

/**
 * A bound that a run must keep, as in {@code p99<50ms}, {@code errors<0.1%} or {@code rps>1000}: a
 * metric, one of {@code < <= > >=}, a number with its unit.
 *
 * <ul>
 *   <li>{@code p50}, {@code p97.5}, any {@code pNN.NN} up to {@code p100}, {@code mean}, {@code
 *       max}: latency, in us, ms (also where no unit is given) or s. What failed is in it with the
 *       time it had waited.
 *   <li>{@code errors}: requests that got no good answer, as a count or with % as a share of all
 *       that ended. These are failed requests and connections, and responses that failed a check or
 *       had a 5xx status. Of the last two only sums are known, and a response is mostly both or
 *       neither: the larger sum counts.
 *   <li>{@code non2xx}: responses with another status, as a count or with % as a share of all
 *       responses.
 *   <li>{@code rps}: responses a second, whatever their status.
 *   <li>{@code rss}: the largest resident memory of the target and its children, in kB, MB (also
 *       where no unit is given), GB, KiB, MiB or GiB.
 *   <li>{@code cpu}: the target's mean CPU use in %; 100 is one core.
 * </ul>
 *
 * @param text as it was written; another than such a bound is refused
 */
public record Goal(String text) {
  /**
   * @throws IllegalArgumentException where it is no goal; the message says what is one
   */
  public Goal {
    Bound.parse(text);
  }

  /**
   * Whether a goal held: what was asked, what was measured.
   *
   * @param held false also where it could not be judged
   * @param measured the figure with its unit, or why there is none
   */
  public record Outcome(Goal goal, boolean held, String measured) {}

  /**
   * Reads a goal.
   *
   * @throws MeasureException where it is none; the message says what is allowed
   */
  public static Goal parse(String text) throws MeasureException {
    try {
      return new Goal(text);
    } catch (IllegalArgumentException e) {
      throw new MeasureException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Judges a run by this goal.
   *
   * <p>Where the load generator was saturated, figures are one-sided. Throughput, memory and CPU
   * use could have been more; latency could have been less, as with a fixed number of connections
   * it is bounded by connections / throughput (Little 1961). A goal is judged where that does not
   * matter ({@code rps>1000} when 1200 were reached), else it is not judged and so not held.
   */
  public Outcome check(Run run) {
    Bound bound = Bound.parse(text);
    Bound.Judgement judgement = bound.judge(run);
    return new Outcome(this, judgement.held(), judgement.measured());
  }

  /** Judges a run by several goals, in their order. */
  public static List<Outcome> checkAll(List<Goal> goals, Run run) {
    return goals.stream().map(goal -> goal.check(run)).toList();
  }
}
