package dev.cubit.diagnose.heap;

/**
 * The part of a recording in which there was load, in nanoseconds since its start; what lies
 * outside of it is shown but not judged.
 */
public record Window(long from, long to) {
  public Window {
    if (to <= from) {
      throw new IllegalArgumentException("a window ends after it begins: " + from + " to " + to);
    }
  }

  double seconds() {
    return (to - from) / 1e9;
  }

  boolean has(long at) {
    return at >= from && at <= to;
  }

  /** Which of so many equal parts, from 0; what lies outside belongs to the nearest. */
  int part(long at, int parts) {
    double share = (double) (at - from) / (to - from);
    return (int) Math.clamp(share * parts, 0, parts - 1);
  }
}
