package dev.cubit.measure;

import dev.cubit.load.Progress;
import java.time.Duration;

/** How far a measurement is; told on threads of the load generator. */
public sealed interface Stage {
  /** The load before the measured one, some times a second. */
  record WarmingUp(Progress progress) implements Stage {}

  /**
   * Measuring begins now.
   *
   * @param settled false where it ended by its time, not because throughput had settled
   */
  record WarmedUp(Duration took, boolean settled) implements Stage {}

  /** The measured load, once a sample interval. */
  record Measuring(Progress progress) implements Stage {}

  /**
   * The next of several loads begins, see {@link Ceiling}.
   *
   * @param round from 1; 0 is the warm-up
   */
  record Round(String contender, int round, int rounds) implements Stage {}
}
