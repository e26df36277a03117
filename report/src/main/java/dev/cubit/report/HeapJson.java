package dev.cubit.report;

import dev.cubit.diagnose.heap.Allocating;
import dev.cubit.diagnose.heap.ByType;
import dev.cubit.diagnose.heap.Collecting;
import dev.cubit.diagnose.heap.Footprint;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.Link;
import dev.cubit.diagnose.heap.LiveSet;
import dev.cubit.diagnose.heap.Survivors;
import dev.cubit.diagnose.heap.Suspect;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A heap as one line of JSON; docs/json.md says what each field is. */
public final class HeapJson {
  private HeapJson() {}

  /** One line, not ended. */
  public static String of(HeapReport report) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("finding", Json.id(report.finding()));
    out.put("sentence", HeapWords.verdict(report).sentence());
    Json.number(out, "seconds", report.seconds());
    ObjectNode window = out.putObject("window");
    Json.number(window, "fromSeconds", report.window().from());
    Json.number(window, "toSeconds", report.window().to());
    live(out.putObject("live"), report.live());
    allocating(out.putObject("allocation"), report.allocating());
    collecting(out.putObject("collections"), report.collecting());
    survivors(out.putObject("survivors"), report.survivors());
    footprint(out.putObject("process"), report.footprint());
    ArrayNode notes = out.putArray("notes");
    report.notes().forEach(notes::add);
    return Json.line(out);
  }

  private static void live(ObjectNode out, LiveSet live) {
    out.put("trend", Json.id(live.trend()));
    ArrayNode quarters = out.putArray("quarterBytes");
    live.quarters().forEach(bytes -> quarters.add(Math.round(bytes)));
    Json.number(out, "beginBytes", live.begin());
    Json.number(out, "endBytes", live.end());
    Json.number(out, "bytesPerSecond", live.bytesPerSecond());
    Json.number(out, "maxBytes", live.maxBytes());
    live.secondsToMax().ifPresent(seconds -> Json.number(out, "secondsToMax", seconds));
  }

  private static void allocating(ObjectNode out, Allocating allocating) {
    out.put("samples", allocating.samples());
    Json.number(out, "bytes", allocating.bytes());
    Json.number(out, "bytesPerSecond", allocating.bytesPerSecond());
    types(out.putArray("byClass"), allocating.types());
    ArrayNode sites = out.putArray("bySite");
    allocating
        .sites()
        .forEach(
            site -> {
              ObjectNode one = sites.addObject();
              place(one, site.place());
              one.put("party", Json.id(site.party()));
              Json.number(one, "bytes", site.bytes());
              Json.number(one, "share", site.share());
              types(one.putArray("classes"), site.types());
              Json.stack(one.putArray("stack"), site.stack());
            });
  }

  private static void collecting(ObjectNode out, Collecting collecting) {
    out.put("collector", collecting.collector());
    out.put("count", collecting.count());
    Json.number(out, "pausedSeconds", collecting.pausedSeconds());
    Json.number(out, "longestPauseSeconds", collecting.longestSeconds());
    Json.number(out, "pausedShare", collecting.pausedShare());
    Json.number(out, "stalledSeconds", collecting.stalledSeconds());
    ArrayNode causes = out.putArray("causes");
    collecting
        .causes()
        .forEach(
            cause -> {
              ObjectNode one = causes.addObject();
              one.put("name", cause.name()).put("cause", cause.cause()).put("count", cause.count());
              Json.number(one, "pausedSeconds", cause.pausedSeconds());
              Json.number(one, "longestPauseSeconds", cause.longestSeconds());
            });
  }

  private static void survivors(ObjectNode out, Survivors survivors) {
    out.put("sampled", survivors.sampled());
    out.put("beforeLoad", survivors.beforeLoad());
    out.put("pathsFound", survivors.pathsFound());
    ArrayNode suspects = out.putArray("suspects");
    survivors.suspects().forEach(suspect -> suspect(suspects.addObject(), suspect));
  }

  private static void suspect(ObjectNode out, Suspect suspect) {
    ArrayNode types = out.putArray("classes");
    suspect.types().forEach(types::add);
    place(out, suspect.place());
    out.put("party", Json.id(suspect.party()));
    out.put("holder", suspect.holder());
    out.put("samples", suspect.samples());
    Json.number(out, "share", suspect.share());
    Json.number(out, "medianAgeSeconds", suspect.medianAgeSeconds());
    out.put("pattern", Json.id(suspect.pattern()));
    suspect.bytesPerSecond().ifPresent(bytes -> Json.number(out, "bytesPerSecond", bytes));
    out.put("root", suspect.root());
    ArrayNode path = out.putArray("path");
    suspect.path().stream().map(Link::text).forEach(path::add);
    Json.stack(out.putArray("stack"), suspect.stack());
  }

  private static void footprint(ObjectNode out, Footprint footprint) {
    Json.number(out, "peakRssBytes", footprint.peakBytes());
    footprint.outsideBytes().ifPresent(bytes -> Json.number(out, "outsideHeapBytes", bytes));
    types(out.putArray("nativeMemory"), footprint.parts());
  }

  private static void place(ObjectNode out, Frame frame) {
    out.put("method", frame.name()).put("line", frame.line());
  }

  private static void types(ArrayNode out, List<ByType> types) {
    for (ByType type : types) {
      ObjectNode one = out.addObject();
      one.put("name", type.type());
      Json.number(one, "bytes", type.bytes());
      Json.number(one, "share", type.share());
    }
  }
}
