package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Run;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How times of a run are spread: a row of percentiles.
 *
 * @param of microseconds, at least one
 * @param note from when to when
 */
record Spread(String name, Histogram of, String note) {
  static final List<String> HEADS = List.of("p50", "p90", "p99", "p99.9", "Max");

  /**
   * Of the closed model the latency; of the open model also the service time, as the difference is
   * what a closed model hides, and how far the generator itself was behind.
   */
  static List<Spread> of(Run run) {
    LoadResult load = run.load();
    List<Spread> all = new ArrayList<>();
    boolean open = isOpen(run);
    add(all, "Latency", load.latency(), open ? "from the intended start" : "");
    if (open) {
      add(all, "Service time", load.serviceTime(), "from the actual sending");
      add(all, "Dispatch late", load.lateness(), "by the generator's own fault");
      add(all, "Waited", load.connectionWait(), "for a free connection, those that had to");
    }
    return all;
  }

  static boolean isOpen(Run run) {
    return !run.question().arrivals().equals("closed");
  }

  private static void add(List<Spread> all, String name, Histogram of, String note) {
    if (of.getTotalCount() > 0) {
      all.add(new Spread(name, of, note));
    }
  }

  /** One figure for each of the heads. */
  List<String> figures() {
    return List.of(
        Shown.micros(of.getValueAtPercentile(50)),
        Shown.micros(of.getValueAtPercentile(90)),
        Shown.micros(of.getValueAtPercentile(99)),
        Shown.micros(of.getValueAtPercentile(99.9)),
        Shown.micros(of.getMaxValue()));
  }
}
