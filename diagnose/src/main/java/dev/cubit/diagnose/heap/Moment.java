package dev.cubit.diagnose.heap;

/**
 * A figure at a time.
 *
 * @param seconds since the recording's start
 * @param value in bytes, or what the list it is in says
 */
public record Moment(double seconds, double value) {
  static Moment at(long nanos, double value) {
    return new Moment(nanos / 1e9, value);
  }
}
