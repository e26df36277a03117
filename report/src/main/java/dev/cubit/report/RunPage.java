package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import dev.cubit.report.Chart.Unit;
import dev.cubit.report.Charts.Distribution;
import dev.cubit.target.UseSample;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A run as one self-contained page. */
public final class RunPage {
  private RunPage() {}

  /** The page's HTML, which needs no other file and no network. */
  public static String of(Run run, List<Goal.Outcome> goals) {
    String what = run.question().title().orElseGet(() -> Environment.addresses(run.question()));
    Page page = new Page("Cubit: " + what);
    page.heading(
        "Cubit run "
            + (run.name().equals("unnamed") ? "" : run.name() + " · ")
            + Environment.time(run.load().start()),
        what,
        Environment.command(run.command()));
    page.verdict(Verdict.of(run, goals));
    RunText.warnings(run).forEach(page::warning);
    page.figures(figures(run));
    goals(page, goals);
    latency(page, run);
    time(page, run);
    failures(page, run.load());
    page.section("In detail").facts(Facts.ofPage(run));
    page.section("Where and how").facts(Environment.of(run));
    return page.html();
  }

  private static List<Fact> figures(Run run) {
    LoadResult load = run.load();
    String least = run.saturation().isPresent() ? "≥ " : "";
    List<Fact> figures = new ArrayList<>();
    figures.add(new Fact("Requests a second", least + Shown.rate(load.requestsPerSecond())));
    figures.add(new Fact("Latency p50", percentile(load, 50)));
    figures.add(new Fact("Latency p99", percentile(load, 99)));
    figures.add(new Fact("Latency max", percentile(load, 100)));
    figures.add(
        new Fact("Errors and mismatches", Shown.count(load.errorCount() + load.mismatches())));
    run.cpuMicrosPerResponse()
        .ifPresent(m -> figures.add(new Fact("CPU a request", Shown.micros(m))));
    run.target()
        .ifPresent(
            t -> figures.add(new Fact("Memory max (RSS)", Shown.bytes(t.use().maxRssBytes()))));
    run.ceiling()
        .ifPresent(
            c ->
                figures.add(
                    new Fact(
                        "Of the ceiling", (c.floor() ? "≤ " : "") + Shown.percent(c.share()))));
    return figures;
  }

  private static String percentile(LoadResult load, int percentile) {
    return load.latency().getTotalCount() == 0
        ? "–"
        : Shown.micros(load.latency().getValueAtPercentile(percentile));
  }

  private static void goals(Page page, List<Goal.Outcome> goals) {
    if (!goals.isEmpty()) {
      page.section("Goals")
          .table(
              List.of("Goal", "", "Measured"),
              0,
              goals.stream()
                  .map(
                      g -> List.of(g.goal().text(), g.held() ? "✓ held" : "✗ failed", g.measured()))
                  .toList());
    }
  }

  private static void latency(Page page, Run run) {
    List<Spread> spreads = Spread.of(run);
    if (spreads.isEmpty()) {
      return;
    }
    page.section("Latency");
    List<Distribution> drawn = new ArrayList<>();
    LoadResult load = run.load();
    boolean open = Spread.isOpen(run);
    if (load.latency().getTotalCount() > 0) {
      String label = open ? "Latency from the intended start" : "Latency";
      drawn.add(new Distribution(label, "a", false, load.latency()));
    }
    if (open && load.serviceTime().getTotalCount() > 0) {
      drawn.add(new Distribution("Service time", "b", true, load.serviceTime()));
    }
    if (!drawn.isEmpty()) {
      page.chart(Charts.percentiles("distribution", "Latency by percentile", drawn));
    }
    List<String> heads = new ArrayList<>(List.of(""));
    heads.addAll(Spread.HEADS);
    heads.add("");
    page.table(heads, Spread.HEADS.size(), spreads.stream().map(RunPage::row).toList());
  }

  private static List<String> row(Spread spread) {
    List<String> cells = new ArrayList<>(List.of(spread.name()));
    cells.addAll(spread.figures());
    cells.add(spread.note());
    return cells;
  }

  private static void time(Page page, Run run) {
    LoadResult load = run.load();
    List<Chart> charts = new ArrayList<>();
    if (!load.samples().isEmpty()) {
      List<Double> x = Charts.seconds(load);
      charts.add(
          Chart.time(
              "throughput",
              "Throughput, requests a second",
              Unit.RATE,
              x,
              List.of(Charts.line("Throughput", "a", false, load, Charts::rate))));
      charts.add(
          Charts.latency(
              "latency",
              "Latency",
              x,
              List.of(
                  Charts.line("p50", "a", false, load, s -> Charts.millis(s.p50Micros())),
                  Charts.line("p99", "b", true, load, s -> Charts.millis(s.p99Micros())),
                  Charts.line("Max", "d", false, load, s -> Charts.millis(s.maxMicros())))));
      if (load.samples().stream().anyMatch(s -> s.errors() > 0)) {
        charts.add(
            Chart.time(
                    "errors",
                    "Errors in each interval",
                    Unit.COUNT,
                    x,
                    List.of(Charts.line("Errors", "b", false, load, Sample::errors)))
                .asBars());
      }
    }
    run.target().ifPresent(target -> use(charts, target.use().samples()));
    if (!charts.isEmpty()) {
      page.section("Over time").charts(charts);
    }
  }

  private static void use(List<Chart> charts, List<UseSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    List<Double> x = samples.stream().map(s -> s.at().toMillis() / 1e3).toList();
    charts.add(
        Chart.time(
            "cpu",
            "CPU of the target, 100 % is one core",
            Unit.PERCENT,
            x,
            List.of(
                new Chart.Line(
                    "CPU", "a", false, samples.stream().map(UseSample::cpuPercent).toList()))));
    charts.add(
        Chart.time(
            "memory",
            "Memory of the target (RSS)",
            Unit.BYTES,
            x,
            List.of(
                new Chart.Line(
                    "RSS",
                    "c",
                    false,
                    samples.stream().map(s -> (double) s.rssBytes()).toList()))));
  }

  private static void failures(Page page, LoadResult load) {
    List<List<String>> codes = new ArrayList<>();
    double all = load.statuses().values().stream().mapToLong(Long::longValue).sum();
    load.statuses()
        .forEach(
            (code, count) ->
                codes.add(
                    List.of(code.toString(), Shown.count(count), Shown.percent(count / all))));
    if (!codes.isEmpty()) {
      page.section("Status codes").table(List.of("Status", "Responses", "Share"), 2, codes);
    }
    List<List<String>> errors = new ArrayList<>();
    new TreeMap<>(load.errors())
        .forEach(
            (kind, e) ->
                errors.add(
                    List.of(Facts.label(kind), Shown.count(e.count()), Plain.line(e.example()))));
    if (load.mismatches() > 0) {
      errors.add(
          List.of(
              "Mismatches", Shown.count(load.mismatches()), Plain.line(load.mismatchExample())));
    }
    if (!errors.isEmpty()) {
      page.section("Errors").table(List.of("Kind", "Count", "Such as"), 1, errors);
    }
  }
}
