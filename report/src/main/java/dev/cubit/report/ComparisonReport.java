package dev.cubit.report;

import dev.cubit.measure.Comparison;
import dev.cubit.measure.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Two runs beside each other, and what can be said of them. */
public final class ComparisonReport {
  private ComparisonReport() {}

  /** For a terminal. */
  public static String text(Comparison comparison, Optional<Comparison.Gate> gate, boolean colour) {
    Box box = new Box(colour, "", "Req/Sec", "p50", "p99", "Max", "Samples");
    box.row(side("A " + comparison.a().name(), comparison.a()));
    box.row(side("B " + comparison.b().name(), comparison.b()));
    StringBuilder out = new StringBuilder("\n").append(box.draw()).append('\n');
    comparison.throughput().ifPresent(r -> out.append(line("throughput", r)));
    comparison.latency().ifPresent(r -> out.append(line("latency (p50)", r)));
    comparison.p99().ifPresent(r -> out.append(line("latency (p99)", r)));
    out.append('\n').append(comparison.sentence()).append('\n');
    comparison.warnings().forEach(w -> out.append("note: ").append(w).append('\n'));
    gate.ifPresent(g -> out.append(g.sentence()).append('\n'));
    return out.toString();
  }

  private static List<String> side(String name, Comparison.Side side) {
    return List.of(
        name,
        Shown.count(Math.rint(side.requestsPerSecond() * 10) / 10),
        Shown.micros(side.p50Micros()),
        Shown.micros(side.p99Micros()),
        Shown.micros(side.maxMicros()),
        Integer.toString(side.samples()));
  }

  private static String line(String name, Ratio ratio) {
    return String.format(
        Locale.ROOT,
        "%-16sB/A %.3f, 95 %% between %.3f and %.3f%s%n",
        name,
        ratio.estimate(),
        ratio.low(),
        ratio.high(),
        ratio.includesOne() ? "  ~ the same" : "");
  }

  /** One line, not ended; docs/json.md says what each field is. */
  public static String json(Comparison comparison, Optional<Comparison.Gate> gate) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
    root.put("basis", comparison.basis().name().toLowerCase(Locale.ROOT));
    root.put("sentence", comparison.sentence());
    root.set("a", sideJson(comparison.a()));
    root.set("b", sideJson(comparison.b()));
    comparison.throughput().ifPresent(r -> root.set("throughput", ratio(r)));
    comparison.latency().ifPresent(r -> root.set("latencyP50", ratio(r)));
    comparison.p99().ifPresent(r -> root.set("latencyP99", ratio(r)));
    ArrayNode warnings = root.putArray("warnings");
    comparison.warnings().forEach(warnings::add);
    root.put("method", comparison.method());
    gate.ifPresent(
        g -> root.putObject("gate").put("failed", g.failed()).put("sentence", g.sentence()));
    return JsonMapper.shared().writeValueAsString(root);
  }

  private static ObjectNode sideJson(Comparison.Side side) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", side.name())
        .put("requestsPerSecond", side.requestsPerSecond())
        .put("p50Micros", side.p50Micros())
        .put("p99Micros", side.p99Micros())
        .put("maxMicros", side.maxMicros())
        .put("samples", side.samples());
  }

  private static ObjectNode ratio(Ratio ratio) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ratio", ratio.estimate())
        .put("low", ratio.low())
        .put("high", ratio.high());
  }
}
