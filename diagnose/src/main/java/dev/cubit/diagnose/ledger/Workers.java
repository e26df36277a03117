package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Map;

/**
 * A pool of threads that take work, or one event loop.
 *
 * @param name of the executor or of its threads, a number in it as #
 * @param loop true for an event loop: a thread that waits in a selector when there is no work
 * @param threads how many it has
 * @param busy share of their time that they are not waiting for work, 0 to 1
 * @param application share of their time in which the application works or waits, 0 to 1
 * @param doing share of their time by what they do, idle left out
 * @param example the stack that was seen most in busy ones, the top first
 */
public record Workers(
    String name,
    boolean loop,
    int threads,
    double busy,
    double application,
    Map<Activity, Double> doing,
    List<Frame> example) {
  /** From here on work waits for them, rather than they for work. */
  private static final double SATURATED = 0.85;

  public Workers {
    doing = Map.copyOf(doing);
    example = List.copyOf(example);
  }

  /** True where they hardly ever wait for work. */
  public boolean isSaturated() {
    return busy >= SATURATED;
  }

  /** Share of their time that they wait in the middle of work, 0 to 1. */
  public double waiting() {
    return doing.entrySet().stream()
        .filter(e -> e.getKey().isWait())
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
