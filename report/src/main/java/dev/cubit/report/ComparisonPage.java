package dev.cubit.report;

import dev.cubit.load.LoadResult.Sample;
import dev.cubit.measure.Comparison;
import dev.cubit.measure.Run;
import dev.cubit.report.Chart.Unit;
import dev.cubit.report.Charts.Distribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Two runs beside each other as one self-contained page. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** The page's HTML, which needs no other file and no network. */
  public static String of(Comparison comparison, Run a, Run b) {
    Page page = new Page("Cubit: " + a.name() + " and " + b.name());
    page.heading(
        "Cubit comparison",
        a.name() + " and " + b.name(),
        Environment.command(List.of("compare", a.name(), b.name())));
    page.verdict(
        new Verdict(
            switch (comparison.verdict()) {
              case FASTER -> Verdict.Kind.GOOD;
              case SLOWER -> Verdict.Kind.BAD;
              case SAME, NOT_JUDGED -> Verdict.Kind.NEUTRAL;
            },
            comparison.sentence()));
    comparison.warnings().forEach(page::warning);
    page.table(ComparisonReport.RUN_HEADS, 5, ComparisonReport.runs(comparison));
    List<List<String>> ratios = ComparisonReport.ratios(comparison);
    if (!ratios.isEmpty()) {
      page.table(ComparisonReport.RATIO_HEADS, 2, ratios);
    }
    page.note("Intervals: " + comparison.method());
    page.section("Latency").chart(distribution(a, b));
    page.section("Over time").charts(time(a, b));
    both(page, a, b);
    return page.html();
  }

  private static Chart distribution(Run a, Run b) {
    return Charts.percentiles(
        "distribution",
        "Latency by percentile",
        List.of(
            new Distribution("A: " + a.name(), "a", false, a.load().latency()),
            new Distribution("B: " + b.name(), "b", true, b.load().latency())));
  }

  private static List<Chart> time(Run a, Run b) {
    List<Chart> charts = new ArrayList<>();
    if (!a.load().samples().isEmpty() || !b.load().samples().isEmpty()) {
      charts.add(
          overTime("throughput", "Throughput, requests a second", Unit.RATE, a, b, Charts::rate));
      charts.add(
          overTime("p50", "Latency p50", Unit.DURATION, a, b, s -> Charts.millis(s.p50Micros())));
      charts.add(
          overTime("p99", "Latency p99", Unit.DURATION, a, b, s -> Charts.millis(s.p99Micros())));
    }
    return charts;
  }

  /** Both on one axis of time; a gap where one has no sample just then. */
  private static Chart overTime(
      String id, String heading, Unit unit, Run a, Run b, ToDoubleFunction<Sample> value) {
    TreeSet<Long> tenths = new TreeSet<>();
    Stream.of(a, b)
        .flatMap(run -> run.load().samples().stream())
        .forEach(s -> tenths.add(tenth(s)));
    List<Double> x = tenths.stream().map(t -> t / 10.0).toList();
    List<Chart.Line> lines =
        List.of(
            line("A: " + a.name(), "a", false, a, tenths, value),
            line("B: " + b.name(), "b", true, b, tenths, value));
    return unit == Unit.DURATION
        ? Charts.latency(id, heading, x, lines)
        : Chart.time(id, heading, unit, x, lines);
  }

  private static long tenth(Sample sample) {
    return Math.round(sample.at().toMillis() / 100.0);
  }

  private static Chart.Line line(
      String label,
      String colour,
      boolean dashed,
      Run run,
      Set<Long> tenths,
      ToDoubleFunction<Sample> value) {
    Map<Long, Double> byTenth = new HashMap<>();
    run.load().samples().forEach(s -> byTenth.put(tenth(s), value.applyAsDouble(s)));
    List<Double> values = new ArrayList<>();
    for (long tenth : tenths) {
      values.add(byTenth.getOrDefault(tenth, Double.NaN));
    }
    return new Chart.Line(label, colour, dashed, values);
  }

  private static void both(Page page, Run a, Run b) {
    page.section("A: " + a.name()).facts(Environment.of(a));
    page.section("B: " + b.name()).facts(Environment.of(b));
  }
}
