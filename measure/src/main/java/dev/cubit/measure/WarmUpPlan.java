package dev.cubit.measure;

import java.time.Duration;
import java.util.OptionalInt;

/** How long a target is loaded before it is measured. */
public sealed interface WarmUpPlan {
  /** Not at all. */
  record None() implements WarmUpPlan {}

  /**
   * For a time.
   *
   * @param connections where they are to be others than of the measured load
   */
  record For(Duration duration, OptionalInt connections) implements WarmUpPlan {
    public For {
      requirePositive(duration);
    }
  }

  /** Until it has settled, see {@link SteadyState}, or the bound has come. */
  record Auto(Duration bound) implements WarmUpPlan {
    public Auto {
      requirePositive(bound);
    }
  }

  private static void requirePositive(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("a warm-up lasts longer than 0");
    }
  }
}
