package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import dev.cubit.report.Chart.Kind;
import dev.cubit.report.Chart.Line;
import dev.cubit.report.Chart.Unit;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The lines that pages draw of runs. */
final class Charts {
  /** Up to 99.999999 %. */
  private static final int NINES = 8;

  private static final int POINTS_A_NINE = 24;

  /** Where the greatest is so many times the least, a linear axis would show a flat line. */
  private static final double WIDE = 40;

  /** A histogram to be drawn. */
  record Distribution(String label, String colour, boolean dashed, Histogram micros) {}

  private Charts() {}

  /** Latency by percentile, each nine as wide as the one before. */
  static Chart percentiles(String id, String heading, List<Distribution> all) {
    long most = all.stream().mapToLong(d -> d.micros().getTotalCount()).max().orElse(0);
    List<Double> x = nines(most);
    List<Line> lines = new ArrayList<>();
    for (Distribution one : all) {
      lines.add(new Line(one.label(), one.colour(), one.dashed(), millis(one.micros(), x)));
    }
    boolean wide = isWide(all);
    String title = heading + (wide ? " (logarithmic)" : "");
    return new Chart(id, title, Kind.PERCENTILE, Unit.DURATION, false, wide, x, lines);
  }

  private static boolean isWide(List<Distribution> all) {
    double greatest = all.stream().mapToDouble(d -> d.micros().getMaxValue()).max().orElse(0);
    double least =
        all.stream()
            .filter(d -> d.micros().getTotalCount() > 0)
            .mapToDouble(d -> d.micros().getValueAtPercentile(50))
            .min()
            .orElse(0);
    return greatest > WIDE * Math.max(1, least);
  }

  /** Latency over time; one outlier must not hide all the rest. */
  static Chart latency(String id, String heading, List<Double> x, List<Line> lines) {
    DoubleSummaryStatistics all =
        lines.stream()
            .flatMap(line -> line.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(v -> v > 0) // and so no NaN
            .summaryStatistics();
    boolean wide = all.getCount() > 0 && all.getMax() > WIDE * all.getMin();
    String title = heading + (wide ? " (logarithmic)" : "");
    return new Chart(id, title, Kind.TIME, Unit.DURATION, false, wide, x, lines);
  }

  /** 1 / (1 - share), from 0 % on, as far as a histogram of so many has anything to say. */
  static List<Double> nines(long count) {
    List<Double> x = new ArrayList<>();
    double most = Math.max(10, count);
    for (int i = 0; i <= NINES * POINTS_A_NINE; i++) {
      double value = Math.pow(10, (double) i / POINTS_A_NINE);
      if (value >= most) {
        break;
      }
      x.add(value);
    }
    x.add(Math.min(most, Math.pow(10, NINES)));
    return x;
  }

  /** None where the histogram is too small to know: one in ten says nothing of 99.9 %. */
  private static List<Double> millis(Histogram micros, List<Double> x) {
    double count = Math.max(10, micros.getTotalCount());
    boolean empty = micros.getTotalCount() == 0;
    return x.stream()
        .map(
            v ->
                empty || v > count * 1.0001
                    ? Double.NaN
                    : micros.getValueAtPercentile(100 * (1 - 1 / v)) / 1000.0)
        .toList();
  }

  static List<Double> seconds(LoadResult load) {
    return load.samples().stream().map(s -> s.at().toMillis() / 1e3).toList();
  }

  static Line line(
      String label,
      String colour,
      boolean dashed,
      LoadResult load,
      ToDoubleFunction<Sample> value) {
    return new Line(
        label, colour, dashed, load.samples().stream().map(value::applyAsDouble).toList());
  }

  static double rate(Sample sample) {
    return sample.length().isPositive()
        ? sample.responses() / (sample.length().toNanos() / 1e9)
        : Double.NaN;
  }

  /** Milliseconds, none where nothing ended. */
  static double millis(long micros) {
    return micros > 0 ? micros / 1e3 : Double.NaN;
  }
}
