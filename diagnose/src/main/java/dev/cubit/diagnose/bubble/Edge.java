package dev.cubit.diagnose.bubble;

import java.util.List;

/**
 * Who waits for whom.
 *
 * @param from index of a bubble
 * @param to index of a bubble
 * @param seconds of thread time
 * @param slices the seconds in each slice of the recording
 */
public record Edge(int from, int to, Kind kind, double seconds, List<Double> slices) {
  public Edge {
    slices = List.copyOf(slices);
  }

  /** How the one is known to wait for the other. */
  public enum Kind {
    /** Code that makes the call which waits. */
    CALLS,
    /** A monitor, and what the thread that had it did meanwhile. */
    HELD_BY,
    /**
     * A lock or a permit, and what other threads did further down in the method that asks for it.
     */
    LIKELY_HELD_BY
  }
}
