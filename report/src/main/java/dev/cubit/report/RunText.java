package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import dev.cubit.target.TargetUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * A run as text for a terminal: autocannon's tables and closing lines first, to the eye the same;
 * below them what Cubit knows besides.
 *
 * @param colour with escape sequences
 * @param allPercentiles with the table of all of them
 * @param statusCodes with the table of how many responses had which status
 */
public record RunText(boolean colour, boolean allPercentiles, boolean statusCodes) {
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String OFF = "\u001b[0m";

  /** The whole text, lines ended. */
  public String of(Run run, List<Goal.Outcome> goals) {
    StringBuilder out = new StringBuilder();
    tables(run, out);
    closingLines(run.load(), out);
    out.append('\n');
    for (String[] fact : facts(run)) {
      out.append(String.format(Locale.ROOT, "%-16s%s%n", fact[0], fact[1]));
    }
    for (Goal.Outcome goal : goals) {
      out.append(
          String.format(
              Locale.ROOT,
              "%-16s%s%n",
              "goal",
              goal.goal().text()
                  + (goal.held() ? styled(GREEN, "  holds: ") : styled(RED, "  does not hold: "))
                  + goal.measured()));
    }
    warnings(run, out);
    return out.toString();
  }

  private String styled(String code, String text) {
    return colour ? code + text + OFF : text;
  }

  private void tables(Run run, StringBuilder out) {
    LoadResult load = run.load();
    Statistics latency = Statistics.ofLatency(load.latency());
    run.question().title().ifPresent(title -> out.append(title).append('\n'));
    out.append('\n');
    out.append(
        new Box(colour, "Stat", "2.5%", "50%", "97.5%", "99%", "Avg", "Stdev", "Max")
            .row(
                "Latency",
                ms(latency.percentile(2.5)),
                ms(latency.percentile(50)),
                ms(latency.percentile(97.5)),
                ms(latency.percentile(99)),
                ms(latency.mean()),
                ms(latency.deviation()),
                ms(latency.max()))
            .draw());
    Statistics requests = Statistics.ofRequests(run);
    Statistics bytes = Statistics.ofBytes(run);
    out.append(
        new Box(colour, "Stat", "1%", "2.5%", "50%", "97.5%", "Avg", "Stdev", "Min")
            .row(
                "Req/Sec",
                Shown.count(requests.percentile(1)),
                Shown.count(requests.percentile(2.5)),
                Shown.count(requests.percentile(50)),
                Shown.count(requests.percentile(97.5)),
                Shown.count(requests.mean()),
                Shown.count(requests.deviation()),
                Shown.count(requests.min()))
            .row(
                "Bytes/Sec",
                Shown.bytes(bytes.percentile(1)),
                Shown.bytes(bytes.percentile(2.5)),
                Shown.bytes(bytes.percentile(50)),
                Shown.bytes(bytes.percentile(97.5)),
                Shown.bytes(bytes.mean()),
                Shown.bytes(bytes.deviation()),
                Shown.bytes(bytes.min()))
            .draw());
    if (statusCodes) {
      Box codes = new Box(colour, "Code", "Count");
      load.statuses().forEach((code, count) -> codes.row(code.toString(), count.toString()));
      out.append(codes.draw());
    }
    long interval = run.question().sampleInterval().toMillis();
    out.append('\n')
        .append(
            interval == 1000
                ? "Req/Bytes counts sampled once per second.\n"
                : "Req/Bytes counts sampled every " + Shown.digits(interval / 1e3) + " seconds.\n")
        .append("# of samples: ")
        .append(Statistics.samples(run).size())
        .append("\n\n");
    if (allPercentiles) {
      Box all = new Box(colour, "Percentile", "Latency (ms)");
      for (double percentile : Statistics.PERCENTILES) {
        all.row(
            percentile == Math.rint(percentile)
                ? Long.toString((long) percentile)
                : Double.toString(percentile),
            Long.toString((long) latency.percentile(percentile)));
      }
      out.append(all.draw()).append('\n');
    }
  }

  private static String ms(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.replaceFirst("\\.?0+$", "") + " ms";
  }

  private static void closingLines(LoadResult load, StringBuilder out) {
    long good = load.responsesOfClass(2);
    if (load.responses() > good) {
      out.append(good + " 2xx responses, " + (load.responses() - good) + " non 2xx responses\n");
    }
    out.append(
        Shown.thousands(load.requestsSent())
            + " requests in "
            + seconds(load)
            + "s, "
            + Shown.bytes(load.bytesRead())
            + " read\n");
    if (load.errorCount() > 0) {
      out.append(
          Shown.thousands(load.errorCount())
              + " errors ("
              + Shown.thousands(load.timeouts())
              + " timeouts)\n");
    }
    if (load.mismatches() > 0) {
      out.append(Shown.thousands(load.mismatches()) + " requests with mismatched body\n");
    }
  }

  private static String seconds(LoadResult load) {
    return String.format(Locale.ROOT, "%.2f", load.elapsed().toMillis() / 1e3)
        .replaceFirst("\\.?0+$", "");
  }

  /** What autocannon does not tell: a name and what it is, one a line. */
  static List<String[]> facts(Run run) {
    LoadResult load = run.load();
    boolean open = !run.question().arrivals().equals("closed");
    List<String[]> facts = new ArrayList<>();
    add(facts, "throughput", Shown.count(Math.rint(load.requestsPerSecond() * 10) / 10) + " req/s");
    add(facts, "latency", percentiles(load.latency()) + (open ? "  from the planned start" : ""));
    if (open) {
      add(facts, "service time", percentiles(load.serviceTime()) + "  from the actual sending");
      add(
          facts,
          "dispatch",
          "p99 "
              + Shown.micros(load.lateness().getValueAtPercentile(99))
              + " late"
              + (load.connectionWait().getTotalCount() > 0
                  ? ", "
                      + Shown.count(load.connectionWait().getTotalCount())
                      + " waited for a connection (p99 "
                      + Shown.micros(load.connectionWait().getValueAtPercentile(99))
                      + ")"
                  : "")
              + (load.unsent() > 0
                  ? ", " + Shown.count(load.unsent()) + " due and never sent"
                  : ""));
    }
    load.errors()
        .forEach(
            (kind, errors) ->
                add(
                    facts,
                    kind.name().toLowerCase(Locale.ROOT),
                    Shown.count(errors.count()) + ", such as: " + errors.example()));
    if (load.mismatches() > 0) {
      add(
          facts,
          "mismatch",
          Shown.count(load.mismatches()) + ", such as: " + load.mismatchExample());
    }
    if (load.unanswered() > 0) {
      add(
          facts,
          "unanswered",
          Shown.count(load.unanswered())
              + " at the end; in the latency with the time they had waited");
    }
    if (load.resets() > 0) {
      add(
          facts,
          "reconnected",
          Shown.plural(load.resets(), "time", "times") + " after a lost connection");
    }
    run.warmUp()
        .ifPresent(
            w ->
                add(
                    facts,
                    "warm-up",
                    Shown.time(w.took())
                        + (w.method().equals("time")
                            ? ""
                            : w.settled() ? ", settled" : ", throughput had not settled")));
    run.target().ifPresent(t -> add(facts, "target", use(run, t.use())));
    add(facts, "generator", generator(run));
    run.ceiling().ifPresent(c -> add(facts, "ceiling", ceiling(c)));
    if (!run.name().equals("unnamed")) {
      add(facts, "run", run.name());
    }
    return facts;
  }

  private static void add(List<String[]> facts, String name, String text) {
    facts.add(new String[] {name, text});
  }

  static String percentiles(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return "none";
    }
    return "p50 "
        + Shown.micros(micros.getValueAtPercentile(50))
        + "  p90 "
        + Shown.micros(micros.getValueAtPercentile(90))
        + "  p99 "
        + Shown.micros(micros.getValueAtPercentile(99))
        + "  p99.9 "
        + Shown.micros(micros.getValueAtPercentile(99.9))
        + "  max "
        + Shown.micros(micros.getMaxValue());
  }

  private static String use(Run run, TargetUse use) {
    return "CPU "
        + Shown.digits(use.cpuPercent())
        + " % (100 = one core)"
        + (run.cpuMicrosPerResponse().isPresent()
            ? ", " + Shown.micros(run.cpuMicrosPerResponse().getAsDouble()) + " a response"
            : "")
        + ", memory "
        + Shown.bytes(use.meanRssBytes())
        + " mean, "
        + Shown.bytes(use.maxRssBytes())
        + " max (RSS)";
  }

  private static String generator(Run run) {
    LoadResult.GeneratorUse use = run.load().generator();
    return "busiest loop "
        + Shown.percent(use.busiestLoop())
        + ", "
        + use.transport()
        + ", machine "
        + Shown.percent(run.machineBusy())
        + " busy";
  }

  private static String ceiling(Run.CeilingShare ceiling) {
    return (ceiling.floor() ? "at most " : "")
        + Shown.percent(ceiling.share())
        + " of what a server that does nothing reaches here, "
        + Shown.count(Math.rint(ceiling.ceilingRequestsPerSecond()))
        + " req/s"
        + (ceiling.floor() ? " and perhaps more" : "");
  }

  private void warnings(Run run, StringBuilder out) {
    run.saturation()
        .ifPresent(s -> out.append('\n').append(styled(YELLOW, s.reason())).append('\n'));
    Ending ending = run.load().ending();
    String why =
        switch (ending) {
          case COMPLETED -> "";
          case BAILED_OUT -> "ended early: as many requests had failed as --bailout allows";
          case INTERRUPTED -> "interrupted: these figures are of what was measured until then";
          case TARGET_LOST -> "ended early: the target could not be reached";
        };
    if (!why.isEmpty()) {
      out.append('\n').append(styled(YELLOW, why)).append('\n');
    }
  }
}
