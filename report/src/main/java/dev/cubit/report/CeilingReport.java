package dev.cubit.report;

import dev.cubit.measure.CeilingResult;
import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.measure.CeilingResult.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A target beside servers that do nothing: as text and as JSON; {@link CeilingPage} is the page.
 */
public final class CeilingReport {
  static final List<String> HEADS =
      List.of("Server", "Req/Sec", "Share", "p50", "p99", "CPU a request");

  private CeilingReport() {}

  /** For a terminal: a table, what it means in a sentence, and how sure that is. */
  public static String text(CeilingResult result, boolean colour) {
    Ink ink = new Ink(colour);
    Box box = new Box(ink, HEADS.toArray(String[]::new));
    rows(result).forEach(box::row);
    StringBuilder out = new StringBuilder("\n").append(box.draw()).append('\n');
    conclusion(result).ifPresent(s -> out.append(ink.bold(s)).append('\n'));
    for (Share share : result.shares()) {
      String sentence = Plain.text(share.sentence());
      out.append(share.share().isPresent() ? sentence : ink.warning(sentence)).append('\n');
    }
    warnings(result).forEach(w -> out.append('\n').append(ink.warning(w)).append('\n'));
    return out.toString();
  }

  /** The cells of each server, under {@link #HEADS}. */
  static List<List<String>> rows(CeilingResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < result.rows().size(); i++) {
      Row row = result.rows().get(i);
      boolean answered = row.load().latency().getTotalCount() > 0;
      rows.add(
          List.of(
              Plain.line(row.name()),
              rate(row),
              i == 0 ? "" : share(result, i - 1),
              answered ? Shown.micros(row.load().latency().getValueAtPercentile(50)) : "–",
              answered ? Shown.micros(row.load().latency().getValueAtPercentile(99)) : "–",
              cpu(row.cpuMicrosPerResponse())));
    }
    return rows;
  }

  /** The median of the rounds, and how far from it they are: half of fastest less slowest. */
  private static String rate(Row row) {
    String median =
        (row.saturation().isPresent() ? "≥ " : "") + Shown.rate(row.requestsPerSecond());
    return row.rounds().size() > 1 ? median + " ± " + Shown.percent(row.spread() / 2) : median;
  }

  private static String cpu(OptionalDouble micros) {
    return micros.isPresent() ? Shown.micros(micros.getAsDouble()) : "–";
  }

  private static String share(CeilingResult result, int of) {
    return of >= result.shares().size()
        ? "–"
        : result
            .shares()
            .get(of)
            .share()
            .map(
                ratio ->
                    (result.shares().get(of).atMost() ? "≤ " : "")
                        + Shown.percent(ratio.estimate()))
            .orElse("–");
  }

  /** What the first ceiling says; empty where no share of it can be given. */
  static Optional<String> conclusion(CeilingResult result) {
    return result
        .forRun()
        .map(
            c ->
                "The target reaches "
                    + (c.floor() ? "at most " : "")
                    + Shown.percent(c.share())
                    + " of this machine's ceiling of "
                    + (c.floor() ? "at least " : "")
                    + Shown.rate(c.ceilingRequestsPerSecond())
                    + " requests a second.");
  }

  static List<String> warnings(CeilingResult result) {
    List<String> warnings = new ArrayList<>();
    for (Row row : result.rows()) {
      row.saturation()
          .ifPresent(s -> warnings.add(Plain.line(row.name()) + ": " + Plain.text(s.reason())));
    }
    if (result.interrupted()) {
      warnings.add("Interrupted: some rounds are missing.");
    }
    return warnings;
  }

  /** One line, not ended; docs/json.md says what each field is. */
  public static String json(CeilingResult result) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode rows = root.putArray("servers");
    result.rows().forEach(row -> server(rows.addObject(), row));
    ArrayNode shares = root.putArray("shares");
    for (Share share : result.shares()) {
      ObjectNode out = shares.addObject();
      out.put("ceiling", share.ceiling());
      share
          .share()
          .ifPresent(
              ratio -> {
                Json.number(out, "share", ratio.estimate());
                Json.number(out, "low", ratio.low());
                Json.number(out, "high", ratio.high());
              });
      out.put("atMost", share.atMost());
      out.put("sentence", share.sentence());
    }
    root.put("interrupted", result.interrupted());
    return Json.line(root);
  }

  private static void server(ObjectNode out, Row row) {
    out.put("name", row.name());
    Json.number(out, "requestsPerSecond", row.requestsPerSecond());
    ArrayNode rounds = out.putArray("rounds");
    row.rounds().forEach(rate -> rounds.add(Json.finite(rate)));
    Json.number(out, "spread", row.spread());
    out.set("latencyMicros", RunJson.histogram(row.load().latency()));
    row.cpuMicrosPerResponse().ifPresent(m -> Json.number(out, "cpuMicrosPerRequest", m));
    out.put("errors", row.load().errorCount());
    out.put("generatorSaturated", row.saturation().isPresent());
  }
}
