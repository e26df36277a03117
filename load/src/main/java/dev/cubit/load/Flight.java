package dev.cubit.load;

/**
 * A request under way. Each connection has as many as its pipelining allows, used again and again.
 */
final class Flight {
  /** When it was to leave; the same as {@code sentNanos} in the closed model. */
  long plannedNanos;

  long sentNanos;
  PreparedRequest request;
  boolean live;

  Flight(PreparedRequest any) {
    this.request = any;
  }
}
