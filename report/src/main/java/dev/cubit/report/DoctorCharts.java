package dev.cubit.report;

import dev.cubit.diagnose.doctor.Evidence;
import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Window;
import dev.cubit.report.Chart.Line;
import dev.cubit.report.Chart.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The evidence of a diagnosis over time; x is seconds since the load began. */
final class DoctorCharts {
  private static final int SECONDS_AT_MOST = 3_600;

  private DoctorCharts() {}

  static List<Chart> of(Evidence evidence) {
    List<Chart> charts = new ArrayList<>();
    evidence.traffic().filter(t -> t.seconds().size() > 1).ifPresent(t -> traffic(charts, t));
    cpu(charts, evidence);
    heap(charts, evidence);
    perSecond(charts, evidence);
    return charts;
  }

  private static void traffic(List<Chart> charts, Traffic traffic) {
    List<Double> x = traffic.seconds().stream().map(Traffic.Second::at).toList();
    charts.add(
        Chart.time(
            "rate",
            "Responses a second",
            Unit.RATE,
            x,
            List.of(
                new Line(
                    "responses",
                    "a",
                    false,
                    traffic.seconds().stream().map(Traffic.Second::rate).toList()))));
    charts.add(
        Chart.time(
            "latency",
            "Latency",
            Unit.DURATION,
            x,
            List.of(
                line("p50", "a", false, traffic.seconds(), s -> s.p50Micros() / 1e3),
                line("p99", "b", true, traffic.seconds(), s -> s.p99Micros() / 1e3))));
  }

  private static <T> Line line(
      String label, String colour, boolean dashed, List<T> of, ToDoubleFunction<T> value) {
    return new Line(label, colour, dashed, of.stream().map(value::applyAsDouble).toList());
  }

  private static double seconds(long at, Window window) {
    return (at - window.from()) / 1e9;
  }

  private static void cpu(List<Chart> charts, Evidence evidence) {
    List<Counters> looks =
        evidence.recording().counters().stream().filter(c -> c.machineTotal() >= 0).toList();
    if (looks.size() > 1) {
      charts.add(
          Chart.time(
              "cpu",
              "CPU of the machine in use",
              Unit.PERCENT,
              looks.stream().map(c -> seconds(c.at(), evidence.window())).toList(),
              List.of(
                  line("the JVM", "a", false, looks, c -> 100 * (c.jvmUser() + c.jvmSystem())),
                  line("all programs", "b", true, looks, c -> 100 * c.machineTotal()))));
    }
  }

  private static void heap(List<Chart> charts, Evidence evidence) {
    List<HeapLook> after =
        evidence.recording().heap().stream().filter(HeapLook::afterCollection).toList();
    if (after.size() > 1) {
      charts.add(
          Chart.time(
              "heap",
              "Heap in use after each collection",
              Unit.BYTES,
              after.stream().map(h -> seconds(h.at(), evidence.window())).toList(),
              List.of(
                  line("in use", "a", false, after, HeapLook::usedBytes),
                  line("committed", "d", true, after, HeapLook::committedBytes))));
    }
  }

  /** Pauses and allocation, summed by the second. */
  private static void perSecond(List<Chart> charts, Evidence evidence) {
    Recording recording = evidence.recording();
    Window window = evidence.window();
    int length = (int) Math.clamp(Math.ceil(window.seconds()), 1, SECONDS_AT_MOST);
    double[] stopped = new double[length];
    double[] allocated = new double[length];
    for (Pause pause : recording.pauses()) {
      if (window.has(pause.at())) {
        stopped[window.part(pause.at(), length)] += pause.nanos() / 1e6;
      }
    }
    for (Allocation allocation : recording.allocations()) {
      if (window.has(allocation.at())) {
        allocated[window.part(allocation.at(), length)] += allocation.weightBytes();
      }
    }
    List<Double> x = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      x.add((i + 0.5) * window.seconds() / length);
    }
    charts.add(
        Chart.time(
                "stopped",
                "Stopped by collections, in each second",
                Unit.DURATION,
                x,
                List.of(new Line("stopped", "b", false, boxed(stopped))))
            .asBars());
    charts.add(
        Chart.time(
                "allocated",
                "Allocated, in each second",
                Unit.BYTES,
                x,
                List.of(new Line("allocated", "a", false, boxed(allocated))))
            .asBars());
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
