package dev.cubit.report;

import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.LiveSet;
import dev.cubit.diagnose.heap.Moment;
import dev.cubit.report.Chart.Line;
import dev.cubit.report.Chart.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;

/** The lines that the heap's page draws. */
final class HeapCharts {
  /** More than a screen can show; what is drawn of each stretch is its least or its greatest. */
  private static final int MOST_POINTS = 1_000;

  private record Drawn(String label, String colour, boolean dashed, List<Moment> moments) {}

  private HeapCharts() {}

  /** Before and after collections, and what lives. */
  static Chart heap(HeapReport report) {
    LiveSet live = report.live();
    List<Drawn> lines = new ArrayList<>();
    lines.add(new Drawn("Before collections", "d", false, thin(live.before(), Math::max)));
    lines.add(new Drawn("After collections", "a", false, thin(live.after(), Math::min)));
    List<Moment> trend = live(report);
    if (!trend.isEmpty()) {
      lines.add(new Drawn("What lives", "b", true, trend));
    }
    return chart("heap", "Heap in use before and after each collection", Unit.BYTES, lines);
  }

  /** The least of each quarter, in the middle of it. */
  private static List<Moment> live(HeapReport report) {
    List<Double> quarters = report.live().quarters();
    double from = report.window().from();
    double width = (report.window().to() - from) / Math.max(1, quarters.size());
    List<Moment> points = new ArrayList<>();
    for (int i = 0; i < quarters.size(); i++) {
      // the first and the last reach to the ends, where whole collections are
      double place = i == 0 ? 0 : i == quarters.size() - 1 ? i + 1 : i + 0.5;
      points.add(new Moment(from + place * width, quarters.get(i)));
    }
    return points;
  }

  static Chart allocation(HeapReport report) {
    return chart(
        "allocation",
        "Allocated, bytes a second",
        Unit.BYTES,
        List.of(new Drawn("Allocated", "a", false, report.allocating().rate())));
  }

  static Chart pauses(HeapReport report) {
    List<Moment> millis =
        report.collecting().pauses().stream()
            .map(p -> new Moment(p.seconds(), p.value() * 1e3))
            .toList();
    return chart(
        "pauses",
        "Pauses of all threads for collections",
        Unit.DURATION,
        List.of(new Drawn("Pause", "b", false, thin(millis, Math::max))));
  }

  static Chart process(HeapReport report) {
    List<Drawn> lines = new ArrayList<>();
    if (!report.footprint().resident().isEmpty()) {
      lines.add(
          new Drawn("Process (RSS)", "c", false, thin(report.footprint().resident(), Math::max)));
    }
    lines.add(
        new Drawn("Heap committed", "d", true, thin(report.footprint().committed(), Math::max)));
    lines.add(new Drawn("Heap in use", "a", false, thin(report.live().after(), Math::min)));
    return chart("process", "Memory of the process, and the heap in it", Unit.BYTES, lines);
  }

  private static Chart chart(String id, String heading, Unit unit, List<Drawn> lines) {
    TreeSet<Double> times = new TreeSet<>();
    lines.forEach(line -> line.moments().forEach(m -> times.add(Math.max(0, m.seconds()))));
    List<Double> x = List.copyOf(times);
    Map<Double, Integer> places = new HashMap<>();
    x.forEach(time -> places.put(time, places.size()));
    return Chart.time(
        id, heading, unit, x, lines.stream().map(line -> line(line, places)).toList());
  }

  private static Line line(Drawn drawn, Map<Double, Integer> places) {
    Double[] values = new Double[places.size()];
    Arrays.fill(values, Double.NaN);
    for (Moment moment : drawn.moments()) {
      int place = places.getOrDefault(Math.max(0, moment.seconds()), 0);
      values[place] = moment.value();
    }
    return new Line(drawn.label(), drawn.colour(), drawn.dashed(), List.of(values));
  }

  /** Of each of so many stretches of time, one. */
  static List<Moment> thin(List<Moment> moments, DoubleBinaryOperator keeps) {
    if (moments.size() <= MOST_POINTS) {
      return moments;
    }
    double from = moments.getFirst().seconds();
    double width = (moments.getLast().seconds() - from) / MOST_POINTS;
    Map<Integer, Moment> kept = new HashMap<>();
    for (Moment moment : moments) {
      int stretch =
          width > 0 ? (int) Math.min(MOST_POINTS - 1, (moment.seconds() - from) / width) : 0;
      kept.merge(
          stretch,
          moment,
          (a, b) ->
              Double.compare(keeps.applyAsDouble(a.value(), b.value()), a.value()) == 0 ? a : b);
    }
    return kept.values().stream().sorted(Comparator.comparingDouble(Moment::seconds)).toList();
  }
}
