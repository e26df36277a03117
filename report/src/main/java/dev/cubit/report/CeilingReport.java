package dev.cubit.report;

import dev.cubit.measure.CeilingResult;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A target beside servers that do nothing. */
public final class CeilingReport {
  private CeilingReport() {}

  /** For a terminal: a table, and a sentence for each ceiling. */
  public static String text(CeilingResult result, boolean colour) {
    Box box =
        new Box(colour, "Server", "Req/Sec", "Spread", "p50", "p99", "CPU a response", "Share");
    for (int i = 0; i < result.rows().size(); i++) {
      CeilingResult.Row row = result.rows().get(i);
      box.row(
          row.name(),
          Shown.count(Math.rint(row.requestsPerSecond())),
          Shown.percent(row.spread()),
          Shown.micros(row.load().latency().getValueAtPercentile(50)),
          Shown.micros(row.load().latency().getValueAtPercentile(99)),
          cpu(row.cpuMicrosPerResponse()),
          i == 0 ? "" : share(result.shares().get(i - 1)));
    }
    StringBuilder out = new StringBuilder("\n").append(box.draw()).append('\n');
    result.shares().forEach(s -> out.append(s.sentence()).append('\n'));
    result.rows().stream()
        .flatMap(row -> row.saturation().stream())
        .findFirst()
        .ifPresent(s -> out.append('\n').append(s.reason()).append('\n'));
    if (result.interrupted()) {
      out.append("\ninterrupted: some rounds are missing\n");
    }
    return out.toString();
  }

  private static String cpu(OptionalDouble micros) {
    return micros.isPresent() ? Shown.micros(micros.getAsDouble()) : "–";
  }

  private static String share(CeilingResult.Share share) {
    return share
        .share()
        .map(ratio -> (share.atMost() ? "≤ " : "") + Shown.percent(ratio.estimate()))
        .orElse("–");
  }

  /** One line, not ended; docs/json.md says what each field is. */
  public static String json(CeilingResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = root.putArray("servers");
    for (CeilingResult.Row row : result.rows()) {
      ObjectNode out = rows.addObject();
      out.put("name", row.name());
      out.put("requestsPerSecond", row.requestsPerSecond());
      ArrayNode rounds = out.putArray("rounds");
      row.rounds().forEach(rounds::add);
      out.put("spread", row.spread());
      out.set("latencyMicros", RunJson.histogram(row.load().latency()));
      row.cpuMicrosPerResponse().ifPresent(m -> out.put("cpuMicrosPerResponse", m));
      out.put("errors", row.load().errorCount());
      out.put("generatorSaturated", row.saturation().isPresent());
    }
    ArrayNode shares = root.putArray("shares");
    for (CeilingResult.Share share : result.shares()) {
      ObjectNode out = shares.addObject();
      out.put("ceiling", share.ceiling());
      share
          .share()
          .ifPresent(
              ratio ->
                  out.put("share", ratio.estimate())
                      .put("low", ratio.low())
                      .put("high", ratio.high()));
      out.put("atMost", share.atMost());
      out.put("sentence", share.sentence());
    }
    root.put("interrupted", result.interrupted());
    return JsonMapper.shared().writeValueAsString(root);
  }
}
