package dev.cubit.load;

/** When requests leave. */
public sealed interface Pace {
  /** Closed model: as soon as the answer to the one before has arrived. */
  record AsAnswered() implements Pace {}

  /**
   * Open model: on a schedule, whatever the answers do. Latency counts from the planned start.
   *
   * @param requestsPerSecond of all connections together, above 0 and at most 10 million
   * @param arrivals how the planned starts are spaced
   */
  record AtRate(double requestsPerSecond, Arrivals arrivals) implements Pace {
    public AtRate {
      requireRate(requestsPerSecond);
    }
  }

  /** Open model, each connection with a constant rate of its own. */
  record PerConnection(double requestsPerSecond) implements Pace {
    public PerConnection {
      requireRate(requestsPerSecond);
    }
  }

  /** The spacing of planned starts. */
  enum Arrivals {
    /** All equally far apart. */
    CONSTANT,
    /** A Poisson process: exponential gaps, as of many users who know nothing of each other. */
    POISSON
  }

  private static void requireRate(double requestsPerSecond) {
    if (!(requestsPerSecond > 0 && requestsPerSecond <= 10_000_000)) {
      throw new IllegalArgumentException(
          "a rate is above 0 and at most 10000000 requests a second, not " + requestsPerSecond);
    }
  }
}
