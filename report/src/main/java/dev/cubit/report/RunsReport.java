package dev.cubit.report;

import dev.cubit.measure.RunStore;
import dev.cubit.measure.RunSummary;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is kept. */
public final class RunsReport {
  private RunsReport() {}

  /** For a terminal. */
  public static String text(RunStore.Listing listing) {
    if (listing.runs().isEmpty()) {
      return "no run is kept here yet: cubit baseline makes one\n";
    }
    Box box = new Box(false, "Run", "Req/Sec", "p50", "p99", "Errors", "Connections", "What");
    for (RunSummary run : listing.runs()) {
      box.row(
          run.name(),
          Shown.count(Math.rint(run.requestsPerSecond())) + (run.floor() ? " (floor)" : ""),
          Shown.micros(run.p50Micros()),
          Shown.micros(run.p99Micros()),
          Shown.count(run.errors()),
          Integer.toString(run.connections()),
          shortened(String.join(", ", run.urls())));
    }
    return box.draw();
  }

  private static String shortened(String text) {
    return text.length() <= 50 ? text : text.substring(0, 49) + "…";
  }

  /** One line, not ended; docs/json.md says what each field is. */
  public static String json(RunStore.Listing listing) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode runs = root.putArray("runs");
    for (RunSummary run : listing.runs()) {
      ObjectNode out = runs.addObject();
      out.put("name", run.name());
      out.put("start", run.start().toString());
      run.urls().forEach(out.putArray("urls")::add);
      out.put("connections", run.connections());
      out.put("requestsPerSecond", run.requestsPerSecond());
      out.put("p50Micros", run.p50Micros());
      out.put("p99Micros", run.p99Micros());
      out.put("errors", run.errors());
      out.put("ending", run.ending().name().toLowerCase(Locale.ROOT));
      out.put("floor", run.floor());
    }
    listing.skipped().forEach(root.putArray("skipped")::add);
    return JsonMapper.shared().writeValueAsString(root);
  }
}
