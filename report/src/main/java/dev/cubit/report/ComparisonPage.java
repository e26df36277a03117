package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Comparison;
import dev.cubit.measure.Comparison.Side;
import dev.cubit.measure.Ratio;
import dev.cubit.measure.Run;
import dev.cubit.report.Page.Chart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Two runs beside each other as one self-contained page. */
public final class ComparisonPage {
  private ComparisonPage() {}

  /** The page's HTML. */
  public static String of(Comparison comparison, Run a, Run b) {
    Page page = new Page("Cubit: " + a.name() + " and " + b.name());
    page.heading(a.name() + " and " + b.name(), "cubit compare " + a.name() + " " + b.name());
    page.verdict(
        comparison.sentence(),
        switch (comparison.verdict()) {
          case FASTER -> "good";
          case SLOWER -> "bad";
          case SAME, NOT_JUDGED -> "";
        });
    comparison.warnings().forEach(page::warning);
    page.table(
        List.of("Run", "Requests a second", "p50", "p99", "Max", "Samples"),
        List.of(side("A: ", comparison.a()), side("B: ", comparison.b())));
    List<String[]> ratios = new ArrayList<>();
    ratio("Throughput, B by A", comparison.throughput(), ratios);
    ratio("Latency p50, B by A", comparison.latency(), ratios);
    ratio("Latency p99, B by A", comparison.p99(), ratios);
    page.facts(ratios);
    page.section("Latency");
    List<Double> x =
        Charts.nines(
            Math.min(a.load().latency().getTotalCount(), b.load().latency().getTotalCount()));
    page.chart(
        "Latency by percentile, in milliseconds",
        new Chart(
            "distribution",
            "percentile",
            "ms",
            x,
            List.of(
                Charts.distribution("A: " + a.name(), "a", a.load().latency(), x),
                Charts.distribution("B: " + b.name(), "b", b.load().latency(), x))));
    page.section("Over time");
    page.chart(
        "Throughput, in requests a second", overTime("throughput", "req/s", a, b, Charts::rate));
    page.chart(
        "Latency p99, in milliseconds", overTime("p99", "ms", a, b, s -> s.p99Micros() / 1e3));
    page.section("Method").note(comparison.method());
    return page.html();
  }

  private static List<String> side(String letter, Side side) {
    return List.of(
        letter + side.name(),
        Shown.count(Math.rint(side.requestsPerSecond() * 10) / 10),
        Shown.micros(side.p50Micros()),
        Shown.micros(side.p99Micros()),
        Shown.micros(side.maxMicros()),
        Integer.toString(side.samples()));
  }

  private static void ratio(String name, Optional<Ratio> ratio, List<String[]> rows) {
    ratio.ifPresent(
        r ->
            rows.add(
                new String[] {
                  name,
                  String.format(
                      Locale.ROOT,
                      "%.3f, with 95 %% confidence between %.3f and %.3f",
                      r.estimate(),
                      r.low(),
                      r.high())
                }));
  }

  /** Both on one axis of time; a gap where one has no sample just then. */
  private static Chart overTime(
      String id, String unit, Run a, Run b, ToDoubleFunction<LoadResult.Sample> value) {
    TreeSet<Long> tenths = new TreeSet<>();
    Stream.of(a, b)
        .flatMap(run -> run.load().samples().stream())
        .forEach(s -> tenths.add(tenth(s)));
    return new Chart(
        id,
        "time",
        unit,
        tenths.stream().map(t -> t / 10.0).toList(),
        List.of(
            line("A: " + a.name(), "a", a, tenths, value),
            line("B: " + b.name(), "b", b, tenths, value)));
  }

  private static long tenth(LoadResult.Sample sample) {
    return Math.round(sample.at().toMillis() / 100.0);
  }

  private static Page.Line line(
      String label,
      String colour,
      Run run,
      Set<Long> tenths,
      ToDoubleFunction<LoadResult.Sample> value) {
    Map<Long, Double> byTenth = new HashMap<>();
    run.load().samples().forEach(s -> byTenth.put(tenth(s), value.applyAsDouble(s)));
    List<Double> values = new ArrayList<>();
    for (long tenth : tenths) {
      values.add(byTenth.getOrDefault(tenth, Double.NaN));
    }
    return new Page.Line(label, colour, false, values);
  }
}
