package dev.cubit.load;

import java.time.Duration;

/** How long a load goes on. */
public sealed interface Extent {
  /** For a time. */
  record Time(Duration duration) implements Extent {
    public Time {
      if (!duration.isPositive() || duration.compareTo(Duration.ofDays(30)) > 0) {
        throw new IllegalArgumentException("a load lasts above 0 and at most 30 days");
      }
    }
  }

  /** Until so many requests were sent and ended. */
  record Count(long requests) implements Extent {
    public Count {
      if (requests < 1) {
        throw new IllegalArgumentException("a load has at least 1 request");
      }
    }
  }
}
