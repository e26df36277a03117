package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Run;
import java.util.List;
import java.util.Locale;

/**
 * autocannon 9's three tables and closing lines, to the eye the same, so that who knows them reads
 * them at once. Its millisecond figures are rounded from microseconds: a fast service shows {@code
 * 0 ms} here, as there.
 *
 * @param allPercentiles with the table of all fifteen (its {@code -l})
 * @param statusCodes with the table of how many responses had which status (its {@code
 *     --renderStatusCodes})
 */
record AutocannonTables(Ink ink, boolean allPercentiles, boolean statusCodes) {

  /** The tables, an empty line before them, and the closing lines; lines ended. */
  String of(Run run) {
    StringBuilder out = new StringBuilder("\n");
    LoadResult load = run.load();
    Statistics latency = Statistics.ofLatency(load.latency());
    out.append(latency(latency)).append(rates(run));
    if (statusCodes) {
      out.append(codes(load));
    }
    out.append('\n').append(sampling(run));
    if (allPercentiles) {
      out.append(percentiles(latency)).append('\n');
    }
    return out.append(closing(load)).toString();
  }

  private String latency(Statistics of) {
    return new Box(ink, "Stat", "2.5%", "50%", "97.5%", "99%", "Avg", "Stdev", "Max")
        .row(
            "Latency",
            ms(of.percentile(2.5)),
            ms(of.percentile(50)),
            ms(of.percentile(97.5)),
            ms(of.percentile(99)),
            ms(of.mean()),
            ms(of.deviation()),
            ms(of.max()))
        .draw();
  }

  private String rates(Run run) {
    Statistics requests = Statistics.ofRequests(run);
    Statistics bytes = Statistics.ofBytes(run);
    return new Box(ink, "Stat", "1%", "2.5%", "50%", "97.5%", "Avg", "Stdev", "Min")
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
        .draw();
  }

  private String codes(LoadResult load) {
    Box codes = new Box(ink, "Code", "Count");
    load.statuses()
        .forEach(
            (code, count) ->
                codes.row(
                    code < 400 ? ink::cyan : ink::brightRed,
                    List.of(code.toString(), count.toString())));
    return codes.draw();
  }

  private static String sampling(Run run) {
    long interval = run.question().sampleInterval().toMillis();
    return "Req/Bytes counts sampled "
        + (interval == 1000 ? "once per second" : "every " + seconds(interval) + " seconds")
        + ".\n# of samples: "
        + Statistics.samples(run).size()
        + "\n\n";
  }

  private String percentiles(Statistics latency) {
    Box all = new Box(ink, "Percentile", "Latency (ms)");
    for (double percentile : Statistics.PERCENTILES) {
      all.row(
          Statistics.name(percentile), Long.toString(Math.round(latency.percentile(percentile))));
    }
    return all.draw();
  }

  private static String closing(LoadResult load) {
    StringBuilder out = new StringBuilder();
    long good = load.responsesOfClass(2);
    if (load.responses() > good) {
      out.append(good + " 2xx responses, " + (load.responses() - good) + " non 2xx responses\n");
    }
    out.append(Shown.thousands(load.requestsSent()))
        .append(" requests in ")
        .append(seconds(load.elapsed().toMillis()))
        .append("s, ")
        .append(Shown.bytes(load.bytesRead()))
        .append(" read\n");
    if (load.errorCount() > 0) {
      out.append(Shown.thousands(load.errorCount()))
          .append(" errors (")
          .append(Shown.thousands(load.timeouts()))
          .append(" timeouts)\n");
    }
    if (load.mismatches() > 0) {
      out.append(Shown.thousands(load.mismatches())).append(" requests with mismatched body\n");
    }
    if (load.resets() > 0) {
      out.append("request pipeline was reset ")
          .append(Shown.thousands(load.resets()))
          .append(load.resets() == 1 ? " time\n" : " times\n");
    }
    return out.toString();
  }

  private static String ms(double value) {
    return trimmed(value) + " ms";
  }

  /** Two decimals at most, as its {@code duration}. */
  private static String seconds(long millis) {
    return trimmed(millis / 1e3);
  }

  private static String trimmed(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }
}
