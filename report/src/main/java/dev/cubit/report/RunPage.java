package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import dev.cubit.report.Page.Chart;
import dev.cubit.target.Machine;
import dev.cubit.target.UseSample;
import java.util.ArrayList;
import java.util.List;

/** A run as one self-contained page. */
public final class RunPage {
  private RunPage() {}

  /** The page's HTML. */
  public static String of(Run run, List<Goal.Outcome> goals) {
    LoadResult load = run.load();
    String what = run.question().title().orElse(String.join(", ", run.question().urls()));
    Page page = new Page("Cubit: " + what);
    page.heading(what, "cubit " + String.join(" ", run.command()));
    verdict(page, run, goals);
    page.figures(figures(run));
    page.section("Latency");
    latency(page, run);
    if (!load.samples().isEmpty()) {
      page.section("Over time");
      time(page, load);
      run.target().ifPresent(target -> use(page, target.use().samples()));
    }
    page.section("What happened");
    page.facts(RunText.facts(run));
    List<List<String>> codes = new ArrayList<>();
    load.statuses()
        .forEach((code, count) -> codes.add(List.of(code.toString(), Shown.count(count))));
    if (!codes.isEmpty()) {
      page.section("Status codes").table(List.of("Status", "Responses"), codes);
    }
    page.section("Where and how").facts(environment(run));
    return page.html();
  }

  private static void verdict(Page page, Run run, List<Goal.Outcome> goals) {
    for (Goal.Outcome goal : goals) {
      page.verdict(
          goal.goal().text() + (goal.held() ? " holds: " : " does not hold: ") + goal.measured(),
          goal.held() ? "good" : "bad");
    }
    run.saturation().ifPresent(s -> page.warning(s.reason()));
    switch (run.load().ending()) {
      case COMPLETED -> {}
      case BAILED_OUT ->
          page.warning("Ended early: as many requests had failed as --bailout allows.");
      case INTERRUPTED ->
          page.warning("Interrupted: these figures are of what was measured until then.");
      case TARGET_LOST -> page.warning("Ended early: the target could not be reached.");
    }
  }

  private static List<String[]> figures(Run run) {
    LoadResult load = run.load();
    List<String[]> figures = new ArrayList<>();
    figures.add(
        new String[] {Shown.count(Math.rint(load.requestsPerSecond())), "requests a second"});
    figures.add(
        new String[] {Shown.micros(load.latency().getValueAtPercentile(50)), "latency p50"});
    figures.add(
        new String[] {Shown.micros(load.latency().getValueAtPercentile(99)), "latency p99"});
    figures.add(new String[] {Shown.micros(load.latency().getMaxValue()), "latency max"});
    long bad = load.errorCount() + load.mismatches();
    figures.add(new String[] {Shown.count(bad), "errors and mismatches"});
    run.cpuMicrosPerResponse()
        .ifPresent(m -> figures.add(new String[] {Shown.micros(m), "CPU a response"}));
    run.target()
        .ifPresent(
            t ->
                figures.add(new String[] {Shown.bytes(t.use().maxRssBytes()), "memory (RSS) max"}));
    run.ceiling()
        .ifPresent(
            c ->
                figures.add(
                    new String[] {
                      (c.floor() ? "≤ " : "") + Shown.percent(c.share()), "of the ceiling"
                    }));
    return figures;
  }

  private static void latency(Page page, Run run) {
    LoadResult load = run.load();
    boolean open = !run.question().arrivals().equals("closed");
    List<Double> x = Charts.nines(load.latency().getTotalCount());
    List<Page.Line> lines = new ArrayList<>();
    lines.add(
        Charts.distribution(
            open ? "Latency from planned start" : "Latency", "a", load.latency(), x));
    if (open) {
      lines.add(Charts.distribution("Service time", "b", load.serviceTime(), x));
    }
    page.chart(
        "Latency by percentile, in milliseconds",
        new Chart("distribution", "percentile", "ms", x, lines));
  }

  private static void time(Page page, LoadResult load) {
    List<Double> x = Charts.seconds(load);
    page.chart(
        "Throughput, in requests a second",
        new Chart(
            "throughput",
            "time",
            "req/s",
            x,
            List.of(Charts.series("Throughput", "a", load, Charts::rate))));
    page.chart(
        "Latency, in milliseconds",
        new Chart(
            "latency",
            "time",
            "ms",
            x,
            List.of(
                Charts.series("p50", "a", load, s -> s.p50Micros() / 1e3),
                Charts.series("p99", "b", load, s -> s.p99Micros() / 1e3),
                Charts.series("max", "d", load, s -> s.maxMicros() / 1e3))));
    if (load.errorCount() > 0) {
      page.chart(
          "Errors in each interval",
          new Chart(
              "errors",
              "time",
              "",
              x,
              List.of(Charts.series("Errors", "b", load, LoadResult.Sample::errors))));
    }
  }

  private static void use(Page page, List<UseSample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    List<Double> x = samples.stream().map(s -> s.at().toMillis() / 1e3).toList();
    page.chart(
        "CPU of the target, in percent; 100 is one core",
        new Chart(
            "cpu",
            "time",
            "%",
            x,
            List.of(
                new Page.Line(
                    "CPU", "a", false, samples.stream().map(UseSample::cpuPercent).toList()))));
    page.chart(
        "Memory of the target (RSS), in megabytes",
        new Chart(
            "memory",
            "time",
            "MB",
            x,
            List.of(
                new Page.Line(
                    "RSS", "c", false, samples.stream().map(s -> s.rssBytes() / 1e6).toList()))));
  }

  private static List<String[]> environment(Run run) {
    Machine machine = run.machine();
    Run.Question asked = run.question();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Began", run.load().start().toString()});
    rows.add(new String[] {"Lasted", Shown.time(run.load().elapsed())});
    rows.add(new String[] {"Addresses", String.join(", ", asked.urls())});
    run.target().ifPresent(t -> rows.add(new String[] {"Target", t.command()}));
    rows.add(
        new String[] {
          "Load",
          Shown.plural(asked.connections(), "connection", "connections")
              + ", pipelining "
              + asked.pipelining()
              + ", "
              + asked.protocol()
              + ", "
              + arrivals(asked)
        });
    rows.add(
        new String[] {
          "Machine",
          Shown.plural(machine.cores(), "core", "cores")
              + ", "
              + machine.cpuModel()
              + ", "
              + Shown.bytes(machine.memoryBytes())
              + " of memory"
        });
    rows.add(new String[] {"System", machine.system() + ", " + machine.kernel()});
    rows.add(new String[] {"Java of Cubit", machine.java()});
    return rows;
  }

  private static String arrivals(Run.Question asked) {
    if (asked.overallRate().isPresent()) {
      return asked.arrivals()
          + " arrivals at "
          + Shown.count(asked.overallRate().get())
          + " a second";
    }
    return asked
        .connectionRate()
        .map(r -> Shown.count(r) + " a second from each connection")
        .orElse("closed model");
  }
}
