package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Window;
import java.util.List;

/**
 * What a recording says of the heap: what is allocated, what lives on, what collecting costs, and
 * who holds what should have gone.
 *
 * @param seconds how long the recording is
 * @param window of the load, in seconds since the recording's start
 * @param notes sentences on what is missing
 */
public record HeapReport(
    Finding finding,
    double seconds,
    Span window,
    Allocating allocating,
    LiveSet live,
    Collecting collecting,
    Survivors survivors,
    Footprint footprint,
    List<String> notes) {
  /** Paused for so much of the time, the collector is a bottleneck (facts of the known servers). */
  private static final double MUCH_PAUSED = 0.1;

  public HeapReport {
    notes = List.copyOf(notes);
  }

  /** From and to, in seconds since the recording's start. */
  public record Span(double from, double to) {}

  /** What is to be said first. */
  public enum Finding {
    LEAK,
    FULL,
    PAUSES,
    MAY_LEAK,
    HEALTHY,
    UNKNOWN
  }

  /** Of a recording that was load from its begin to its end. */
  public static HeapReport of(Recording recording, Parties parties) {
    return of(recording, parties, Window.whole(recording));
  }

  /** Of a recording in a part of which there was load. */
  public static HeapReport of(Recording recording, Parties parties, Window window) {
    LiveSet live = new LiveSets(recording, window).find();
    Collecting collecting = Collections.of(recording, window);
    return new HeapReport(
        finding(live, collecting),
        recording.length().toNanos() / 1e9,
        new Span(window.from() / 1e9, window.to() / 1e9),
        new Allocations(recording, parties, window).find(),
        live,
        collecting,
        new Suspects(recording, parties, window, live).find(),
        Footprints.of(recording),
        recording.notes());
  }

  private static Finding finding(LiveSet live, Collecting collecting) {
    return switch (live.trend()) {
      case GROWS -> Finding.LEAK;
      case FULL -> Finding.FULL;
      case MAY_GROW, LEVELLED, STEADY, UNKNOWN -> {
        if (collecting.pausedShare() >= MUCH_PAUSED) {
          yield Finding.PAUSES;
        }
        yield switch (live.trend()) {
          case MAY_GROW -> Finding.MAY_LEAK;
          case UNKNOWN -> Finding.UNKNOWN;
          case GROWS, FULL, LEVELLED, STEADY -> Finding.HEALTHY;
        };
      }
    };
  }
}
