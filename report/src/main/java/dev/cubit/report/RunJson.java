package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import dev.cubit.target.UseSample;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as one line of JSON: every field of autocannon 9's, with its name, unit and order; then
 * what is ours under {@code cubit}. docs/json.md says what each field is.
 */
public final class RunJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** As JavaScript's toISOString: always three digits of the second. */
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final double[] OURS = {50, 75, 90, 95, 97.5, 99, 99.9, 99.99};

  private RunJson() {}

  /** One line, not ended. */
  public static String of(Run run, List<Goal.Outcome> goals) {
    ObjectNode root = autocannon(run, run.load());
    run.warmUp().ifPresent(w -> root.set("warmup", autocannon(run, w.load())));
    root.set("cubit", ours(run, goals));
    return Json.line(root);
  }

  private static ObjectNode autocannon(Run run, LoadResult load) {
    Run.Question asked = run.question();
    Run told = run.load().equals(load) ? run : run.with(load);
    ObjectNode out = NODES.objectNode();
    asked.title().ifPresent(title -> out.put("title", title));
    if (asked.urls().size() == 1) {
      out.put("url", asked.urls().getFirst());
    } else {
      ArrayNode urls = out.putArray("url");
      asked.urls().forEach(urls::add);
    }
    asked.socketPath().ifPresent(path -> out.put("socketPath", path));
    out.put("connections", asked.connections());
    out.put("sampleInt", asked.sampleInterval().toMillis());
    out.put("pipelining", asked.pipelining());
    out.put("workers", asked.workers());
    Json.number(out, "duration", Math.round(load.elapsed().toMillis() / 10.0) / 100.0);
    out.put("samples", Statistics.samples(told).size());
    out.put("start", iso(load.start()));
    out.put("finish", iso(load.finish()));
    out.put("errors", load.errorCount());
    out.put("timeouts", load.timeouts());
    out.put("mismatches", load.mismatches());
    out.put("non2xx", load.responses() - load.responsesOfClass(2));
    out.put("resets", load.resets());
    for (int hundreds = 1; hundreds <= 5; hundreds++) {
      out.put(hundreds + "xx", load.responsesOfClass(hundreds));
    }
    ObjectNode codes = out.putObject("statusCodeStats");
    load.statuses().forEach((code, n) -> codes.putObject(code.toString()).put("count", n));
    ObjectNode latency = statistics(out.putObject("latency"), Statistics.ofLatency(load.latency()));
    latency.put("totalCount", load.latency().getTotalCount());
    ObjectNode requests = out.putObject("requests");
    statistics(requests, Statistics.ofRequests(told), load.responsesInTime());
    requests.put("sent", load.requestsSent());
    statistics(out.putObject("throughput"), Statistics.ofBytes(told), load.bytesRead());
    return out;
  }

  private static ObjectNode statistics(ObjectNode out, Statistics of) {
    summary(out, of);
    return percentiles(out, of);
  }

  private static void statistics(ObjectNode out, Statistics of, long total) {
    summary(out, of);
    out.put("total", total);
    percentiles(out, of);
  }

  private static void summary(ObjectNode out, Statistics of) {
    Json.number(out, "average", of.mean());
    Json.number(out, "mean", of.mean());
    Json.number(out, "stddev", of.deviation());
    Json.number(out, "min", of.min());
    Json.number(out, "max", of.max());
  }

  private static ObjectNode percentiles(ObjectNode out, Statistics of) {
    for (double percentile : Statistics.PERCENTILES) {
      Json.number(out, key(percentile), of.percentile(percentile));
    }
    return out;
  }

  private static String key(double percentile) {
    return "p" + Statistics.name(percentile).replace('.', '_');
  }

  private static String iso(Instant time) {
    return ISO.format(time);
  }

  private static ObjectNode ours(Run run, List<Goal.Outcome> goals) {
    LoadResult load = run.load();
    ObjectNode out = NODES.objectNode();
    out.put("run", run.name());
    ArrayNode command = out.putArray("command");
    run.command().forEach(command::add);
    out.put("ending", load.ending().name().toLowerCase(Locale.ROOT));
    out.put("method", run.question().method());
    out.put("protocol", run.question().protocol());
    out.put("arrivals", run.question().arrivals());
    run.question().overallRate().ifPresent(rate -> Json.number(out, "overallRate", rate));
    run.question().connectionRate().ifPresent(rate -> Json.number(out, "connectionRate", rate));
    Json.number(out, "requestsPerSecond", load.requestsPerSecond());
    out.put("responses", load.responses());
    out.set("latencyMicros", histogram(load.latency()));
    out.set("serviceTimeMicros", histogram(load.serviceTime()));
    out.set("latenessMicros", histogram(load.lateness()));
    out.set("connectionWaitMicros", histogram(load.connectionWait()));
    out.set("connectTimeMicros", histogram(load.connectTime()));
    out.set("bodyBytes", histogram(load.bodyBytes()));
    out.put("unsent", load.unsent());
    out.put("unanswered", load.unanswered());
    out.put("connectionsOpened", load.connectionsOpened());
    out.put("bytesWritten", load.bytesWritten());
    ObjectNode errors = out.putObject("errorsByKind");
    new TreeMap<>(load.errors())
        .forEach(
            (kind, e) ->
                errors
                    .putObject(kind.name().toLowerCase(Locale.ROOT))
                    .put("count", e.count())
                    .put("example", e.example()));
    if (load.mismatches() > 0) {
      out.put("mismatchExample", load.mismatchExample());
    }
    run.target().ifPresent(t -> target(out.putObject("target"), run, t));
    generator(out.putObject("generator"), run);
    machine(out.putObject("machine"), run);
    run.warmUp().ifPresent(w -> warmUp(out.putObject("warmUp"), w));
    run.ceiling().ifPresent(c -> ceiling(out.putObject("ceiling"), c));
    ArrayNode outcomes = out.putArray("goals");
    goals.forEach(
        g ->
            outcomes
                .addObject()
                .put("goal", g.goal().text())
                .put("held", g.held())
                .put("measured", g.measured()));
    series(out.putArray("series"), load);
    return out;
  }

  static ObjectNode histogram(Histogram of) {
    ObjectNode out = NODES.objectNode();
    out.put("count", of.getTotalCount());
    boolean empty = of.getTotalCount() == 0;
    Json.number(out, "mean", empty ? 0 : of.getMean());
    Json.number(out, "stddev", empty ? 0 : of.getStdDeviation());
    out.put("min", empty ? 0 : of.getMinValue());
    for (double p : OURS) {
      out.put(key(p), of.getValueAtPercentile(p));
    }
    out.put("max", of.getMaxValue());
    return out;
  }

  private static void target(ObjectNode out, Run run, Run.TargetFacts target) {
    out.put("command", target.command());
    Json.number(out, "cpuPercent", target.use().cpuPercent());
    run.cpuMicrosPerResponse().ifPresent(micros -> Json.number(out, "cpuMicrosPerRequest", micros));
    out.put("meanRssBytes", target.use().meanRssBytes());
    out.put("maxRssBytes", target.use().maxRssBytes());
    out.put("processes", target.use().processes());
    series(out.putArray("series"), target.use().samples());
  }

  private static void generator(ObjectNode out, Run run) {
    LoadResult.GeneratorUse use = run.load().generator();
    out.put("transport", use.transport());
    ArrayNode shares = out.putArray("loopBusyShares");
    use.loopBusyShares().forEach(share -> shares.add(Json.finite(share)));
    Json.number(out, "cpuSeconds", use.cpu().toMillis() / 1e3);
    out.put("saturated", run.saturation().isPresent());
    run.saturation().ifPresent(s -> out.put("reason", s.reason()));
  }

  private static void machine(ObjectNode out, Run run) {
    out.put("cores", run.machine().cores());
    out.put("cpuModel", run.machine().cpuModel());
    out.put("memoryBytes", run.machine().memoryBytes());
    out.put("system", run.machine().system());
    out.put("kernel", run.machine().kernel());
    out.put("java", run.machine().java());
    Json.number(out, "busyShare", run.machineBusy());
    run.othersBusy().ifPresent(share -> Json.number(out, "othersBusyShare", share));
  }

  private static void warmUp(ObjectNode out, Run.WarmUp warmUp) {
    Json.number(out, "tookSeconds", warmUp.took().toMillis() / 1e3);
    out.put("settled", warmUp.settled());
    out.put("method", warmUp.method());
  }

  private static void ceiling(ObjectNode out, Run.CeilingShare ceiling) {
    Json.number(out, "requestsPerSecond", ceiling.ceilingRequestsPerSecond());
    Json.number(out, "share", ceiling.share());
    out.put("atMost", ceiling.floor());
  }

  private static void series(ArrayNode out, LoadResult load) {
    for (LoadResult.Sample sample : load.samples()) {
      ObjectNode interval = out.addObject();
      Json.number(interval, "atSeconds", sample.at().toMillis() / 1e3);
      Json.number(interval, "lengthSeconds", sample.length().toMillis() / 1e3);
      interval
          .put("responses", sample.responses())
          .put("bytes", sample.bytes())
          .put("errors", sample.errors())
          .put("p50Micros", sample.p50Micros())
          .put("p99Micros", sample.p99Micros())
          .put("maxMicros", sample.maxMicros());
    }
  }

  private static void series(ArrayNode out, List<UseSample> samples) {
    for (UseSample sample : samples) {
      ObjectNode look = out.addObject();
      Json.number(look, "atSeconds", sample.at().toMillis() / 1e3);
      Json.number(look, "cpuPercent", sample.cpuPercent());
      look.put("rssBytes", sample.rssBytes());
    }
  }
}
