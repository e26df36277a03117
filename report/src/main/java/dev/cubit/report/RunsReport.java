package dev.cubit.report;

import dev.cubit.measure.RunStore;
import dev.cubit.measure.RunSummary;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is kept. */
public final class RunsReport {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** Longer addresses are cut in the middle: both ends tell runs apart. */
  private static final int LONGEST_URL = 50;

  private RunsReport() {}

  /**
   * For a terminal.
   *
   * @param zone in which times are told
   */
  public static String text(RunStore.Listing listing, ZoneId zone, boolean colour) {
    if (listing.runs().isEmpty()) {
      return "no run is kept here yet: cubit baseline makes one\n";
    }
    Box box = new Box(new Ink(colour), "Run", "When", "URL", "Req/Sec", "p99", "Errors");
    for (RunSummary run : listing.runs()) {
      box.row(
          Plain.line(run.name()),
          WHEN.format(run.start().atZone(zone)),
          url(run),
          (run.floor() ? "≥ " : "") + Shown.rate(run.requestsPerSecond()),
          Shown.micros(run.p99Micros()),
          Shown.count(run.errors()));
    }
    boolean floors = listing.runs().stream().anyMatch(RunSummary::floor);
    return box.draw()
        + (floors ? "≥: the load generator was saturated, the figure is a floor\n" : "");
  }

  private static String url(RunSummary run) {
    if (run.urls().isEmpty()) {
      return "";
    }
    int more = run.urls().size() - 1;
    return shortened(Plain.line(run.urls().getFirst()))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String shortened(String text) {
    int[] points = text.codePoints().toArray();
    if (points.length <= LONGEST_URL) {
      return text;
    }
    int end = LONGEST_URL / 2 - 1;
    return new String(points, 0, LONGEST_URL - end - 1)
        + "…"
        + new String(points, points.length - end, end);
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
      Json.number(out, "requestsPerSecond", run.requestsPerSecond());
      out.put("p50Micros", run.p50Micros());
      out.put("p99Micros", run.p99Micros());
      out.put("errors", run.errors());
      out.put("ending", run.ending().name().toLowerCase(Locale.ROOT));
      out.put("floor", run.floor());
    }
    listing.skipped().forEach(root.putArray("skipped")::add);
    return Json.line(root);
  }
}
