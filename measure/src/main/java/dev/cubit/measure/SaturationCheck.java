package dev.cubit.measure;

import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.Pace;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether the load generator was the limit of a run. It was, where
 *
 * <ul>
 *   <li>an event loop used more than 90 % of a core: at a utilisation of 0.9 work waits nine times
 *       as long as it takes (M/M/1: rho / (1 - rho)), and that wait is measured as the target's.
 *       k6's guide asks for 20 % idle CPU and Hyperfoil's watchdog for as much on each core; the
 *       CPU time of a loop's own thread is a closer look than theirs, so half of that will do.
 *   <li>open model: more than 1 % of the requests left later than they could have by more than 1 ms
 *       and by more than 5 % of the p99 of latency. Lateness is part of latency, so the p99 then is
 *       wrong by about as much.
 * </ul>
 *
 * <p>Not seen by this: a closed load on a machine whose cores are all taken by others, where a loop
 * waits for its core without using it. {@link Run#machineBusy} tells.
 */
public final class SaturationCheck {
  /** CPU time of an event loop by elapsed time, above which it is saturated. */
  public static final double BUSIEST_LOOP = 0.90;

  /** Lateness that is never held against the generator. */
  public static final Duration LATENESS = Duration.ofMillis(1);

  /** Share of the p99 of latency that the p99 of lateness may have. */
  public static final double LATENESS_SHARE = 0.05;

  private static final String BEGINNING =
      "the load generator was saturated: these figures are a floor. ";

  private SaturationCheck() {}

  /** Present where the generator was saturated; the reason is a sentence or two for the user. */
  public static Optional<Run.Saturation> of(LoadResult result, LoadPlan plan) {
    return busy(result, plan).or(() -> late(result, plan)).map(Run.Saturation::new);
  }

  private static Optional<String> busy(LoadResult result, LoadPlan plan) {
    double busiest = result.generator().busiestLoop();
    if (busiest <= BUSIEST_LOOP) {
      return Optional.empty();
    }
    return Optional.of(
        BEGINNING
            + "Its busiest event loop used "
            + Figures.percent(Math.min(1, busiest))
            + " of a core; above "
            + Figures.percent(BUSIEST_LOOP)
            + " a request waits in the generator itself nine times as long as it works on it. "
            + moreWorkers(plan)
            + "give the generator a machine or cores of its own.");
  }

  private static Optional<String> late(LoadResult result, LoadPlan plan) {
    if (plan.pace() instanceof Pace.AsAnswered || result.lateness().getTotalCount() == 0) {
      return Optional.empty();
    }
    double late = result.lateness().getValueAtPercentile(99);
    double latency = result.latency().getValueAtPercentile(99);
    double allowed = Math.max(LATENESS.toNanos() / 1e3, LATENESS_SHARE * latency);
    if (late <= allowed) {
      return Optional.empty();
    }
    return Optional.of(
        BEGINNING
            + "1 % of the requests left "
            + Figures.time(late)
            + " or more after they could have, which counts as latency; up to "
            + Figures.time(allowed)
            + " (1 ms, or 5 % of the p99 of latency) is let pass. "
            + moreWorkers(plan)
            + "lower the rate, or give the generator a machine or cores of its own.");
  }

  private static String moreWorkers(LoadPlan plan) {
    boolean canHaveMore =
        plan.threads() < Runtime.getRuntime().availableProcessors()
            && plan.threads() < plan.connections().count();
    return canHaveMore ? "Use more --workers (it had " + plan.threads() + "), or " : "To be sure, ";
  }
}
