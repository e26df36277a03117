package dev.cubit.report;

import dev.cubit.measure.Comparison;
import dev.cubit.measure.Comparison.Side;
import dev.cubit.measure.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Two runs beside each other: as text and as JSON; {@link ComparisonPage} is the page. */
public final class ComparisonReport {
  static final List<String> RUN_HEADS = List.of("Run", "Req/Sec", "p50", "p99", "Max", "Samples");
  static final List<String> RATIO_HEADS = List.of("B / A", "Ratio", "95 % interval", "");

  private ComparisonReport() {}

  /** For a terminal: the verdict, both runs, the ratios with their intervals, what is doubtful. */
  public static String text(Comparison comparison, Optional<Comparison.Gate> gate, boolean colour) {
    Ink ink = new Ink(colour);
    String verdict = Plain.text(comparison.sentence());
    StringBuilder out =
        new StringBuilder("\n")
            .append(
                switch (comparison.verdict()) {
                  case FASTER -> ink.green(verdict);
                  case SLOWER -> ink.red(verdict);
                  case SAME -> ink.bold(verdict);
                  case NOT_JUDGED -> ink.warning(verdict);
                })
            .append("\n\n");
    Box runs = new Box(ink, RUN_HEADS.toArray(String[]::new));
    runs(comparison).forEach(runs::row);
    out.append(runs.draw());
    List<List<String>> ratios = ratios(comparison);
    if (!ratios.isEmpty()) {
      Box box = new Box(ink, RATIO_HEADS.toArray(String[]::new));
      ratios.forEach(box::row);
      out.append(box.draw());
    }
    out.append(ink.grey("intervals: " + comparison.method())).append('\n');
    comparison
        .warnings()
        .forEach(w -> out.append(ink.warning("note: " + Plain.text(w))).append('\n'));
    gate.ifPresent(
        g ->
            out.append('\n')
                .append(g.failed() ? ink.red(Plain.text(g.sentence())) : Plain.text(g.sentence()))
                .append('\n'));
    return out.toString();
  }

  /** The cells of both, under {@link #RUN_HEADS}. */
  static List<List<String>> runs(Comparison comparison) {
    return List.of(side("A: ", comparison.a()), side("B: ", comparison.b()));
  }

  private static List<String> side(String letter, Side side) {
    return List.of(
        letter + Plain.line(side.name()),
        Shown.rate(side.requestsPerSecond()),
        Shown.micros(side.p50Micros()),
        Shown.micros(side.p99Micros()),
        Shown.micros(side.maxMicros()),
        Integer.toString(side.samples()));
  }

  /** The cells of each ratio that there is, under {@link #RATIO_HEADS}. */
  static List<List<String>> ratios(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    comparison.throughput().ifPresent(r -> rows.add(row("Throughput", r, true)));
    comparison.latency().ifPresent(r -> rows.add(row("Latency p50", r, false)));
    comparison.p99().ifPresent(r -> rows.add(row("Latency p99", r, false)));
    return rows;
  }

  /** {@code ~} as benchstat marks what is not shown to differ. */
  private static List<String> row(String name, Ratio ratio, boolean moreIsFaster) {
    return List.of(
        name,
        ratio(ratio.estimate()),
        ratio(ratio.low()) + " to " + ratio(ratio.high()),
        ratio.includesOne()
            ? "~ not seen to differ"
            : ratio.estimate() > 1 == moreIsFaster ? "B is faster" : "B is slower");
  }

  private static String ratio(double value) {
    return !Double.isFinite(value) ? "–" : value < 10 ? fixed(value) : Shown.digits(value);
  }

  private static String fixed(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** One line, not ended; docs/json.md says what each field is. */
  public static String json(Comparison comparison, Optional<Comparison.Gate> gate) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
    root.put("basis", comparison.basis().name().toLowerCase(Locale.ROOT));
    root.put("sentence", comparison.sentence());
    root.set("a", sideJson(comparison.a()));
    root.set("b", sideJson(comparison.b()));
    comparison.throughput().ifPresent(r -> root.set("throughput", ratioJson(r)));
    comparison.latency().ifPresent(r -> root.set("latencyP50", ratioJson(r)));
    comparison.p99().ifPresent(r -> root.set("latencyP99", ratioJson(r)));
    ArrayNode warnings = root.putArray("warnings");
    comparison.warnings().forEach(warnings::add);
    root.put("method", comparison.method());
    gate.ifPresent(
        g -> root.putObject("gate").put("failed", g.failed()).put("sentence", g.sentence()));
    return Json.line(root);
  }

  private static ObjectNode sideJson(Side side) {
    ObjectNode out = JsonNodeFactory.instance.objectNode().put("name", side.name());
    Json.number(out, "requestsPerSecond", side.requestsPerSecond());
    return out.put("p50Micros", side.p50Micros())
        .put("p99Micros", side.p99Micros())
        .put("maxMicros", side.maxMicros())
        .put("samples", side.samples());
  }

  private static ObjectNode ratioJson(Ratio ratio) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    Json.number(out, "ratio", ratio.estimate());
    Json.number(out, "low", ratio.low());
    Json.number(out, "high", ratio.high());
    return out;
  }
}
