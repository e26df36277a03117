package dev.cubit.report;

import dev.cubit.diagnose.heap.Allocating;
import dev.cubit.diagnose.heap.Collecting;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.LiveSet;
import dev.cubit.diagnose.heap.Survivors;
import dev.cubit.report.Page.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A heap as one self-contained page. */
public final class HeapPage {
  private static final int SITES = 15;
  private static final int TYPES = 12;
  private static final int CAUSES = 8;
  private static final int SUSPECTS = 8;
  private static final int NATIVE = 10;

  private HeapPage() {}

  /**
   * The page's HTML, which needs no other file and no network.
   *
   * @param target what was recorded: the command, or a file
   * @param command the words after {@code cubit} that led to it
   * @param start of the recording
   */
  public static String of(HeapReport report, String target, List<String> command, Instant start) {
    Page page = new Page("Cubit heap: " + target);
    page.heading("Cubit heap · " + Environment.time(start), target, Environment.shown(command));
    page.verdict(HeapWords.verdict(report));
    HeapWords.accused(report).ifPresent(page::note);
    report.notes().forEach(note -> page.warning(Plain.text(note)));
    page.figures(figures(report));
    page.section("What to do next");
    HeapWords.next(report).forEach(page::note);
    live(page, report);
    survivors(page, report);
    allocation(page, report);
    collecting(page, report);
    process(page, report);
    return page.html();
  }

  private static List<Fact> figures(HeapReport report) {
    LiveSet live = report.live();
    List<Fact> figures = new ArrayList<>();
    figures.add(new Fact("Allocated a second", Shown.bytes(report.allocating().bytesPerSecond())));
    if (!live.quarters().isEmpty()) {
      figures.add(new Fact("Lives at the begin", Shown.bytes(live.begin())));
      figures.add(new Fact("Lives at the end", Shown.bytes(live.end())));
    }
    if (live.maxBytes() > 0) {
      figures.add(new Fact("The heap's maximum", Shown.bytes(live.maxBytes())));
    }
    figures.add(new Fact("Collections", Shown.count(report.collecting().count())));
    figures.add(new Fact("Time paused", Shown.percent(report.collecting().pausedShare())));
    figures.add(
        new Fact("Longest pause", Shown.micros(report.collecting().longestSeconds() * 1e6)));
    if (report.footprint().peakBytes() > 0) {
      figures.add(new Fact("Process max (RSS)", Shown.bytes(report.footprint().peakBytes())));
    }
    return figures;
  }

  private static void live(Page page, HeapReport report) {
    page.section("Does it grow?");
    page.note(
        "A heap that works looks like a saw: it fills with new objects, and a collection takes"
            + " away those that nobody needs any more. What is left after collections is what"
            + " lives. Look at its lowest points: level, and all is well; a climb from the begin"
            + " of the load to its end is a leak, or a cache without a bound.");
    if (report.live().after().isEmpty()) {
      page.note("There was no collection in this recording.");
      return;
    }
    page.chart(HeapCharts.heap(report));
    if (report.live().whole().isEmpty()) {
      page.note(
          "All collections were of young objects only, which leave garbage among the old ones: a"
              + " slow climb may be that.");
    }
  }

  private static void survivors(Page page, HeapReport report) {
    Survivors survivors = report.survivors();
    page.section("Who keeps it?");
    if (survivors.suspects().isEmpty()) {
      page.note("No object that was sampled under the load has survived a collection.");
      return;
    }
    page.note(
        "The JVM follows a sample of objects from their allocation on. These were allocated under"
            + " the load and were still there at the end, the likeliest leak first, with the chain"
            + " of references that keeps one of them alive. Bars show when the survivors were"
            + " allocated: evenly all the time is what a leak looks like; only early is a cache"
            + " that was filled; only late is what may go yet.");
    if (survivors.pathsFound() == 0) {
      page.note("The recording does not tell who holds them; one made by cubit heap does.");
    }
    page.part(
        new Part(
            "suspects",
            HeapData.suspects(report, SUSPECTS),
            Resources.own("heap.css"),
            report.allocating().samples() == 0 ? script() : List.of(),
            Map.of()));
    String left =
        survivors.beforeLoad() > 0
            ? " " + Shown.count(survivors.beforeLoad()) + " were there before the load."
            : "";
    page.note(
        Shown.plural(survivors.sampled(), "survivor was", "survivors were") + " sampled." + left);
  }

  private static void allocation(Page page, HeapReport report) {
    Allocating allocating = report.allocating();
    page.section("What is allocated, and where?");
    if (allocating.samples() == 0) {
      page.note("The recording has no samples of allocations.");
      return;
    }
    page.note(
        "Every byte allocated is a byte to be collected. Each box is a method, as wide as the"
            + " memory that it and those below it have allocated; boxes below are what it calls,"
            + " at the bottom are the classes that were allocated. Look for wide boxes of your own"
            + " code that end in arrays, strings or builders. Click a box to see it alone, Esc"
            + " goes back; arrows move, / searches.");
    page.part(
        new Part(
            "allocations",
            HeapData.tree(report),
            report.survivors().suspects().isEmpty() ? Resources.own("heap.css") : "",
            script(),
            Map.of()));
    double seconds = allocating.bytes() / Math.max(1e-9, allocating.bytesPerSecond());
    page.table(
        List.of("Allocated in", "A second", "Share", "Mostly"),
        2,
        allocating.sites().stream()
            .limit(SITES)
            .map(
                site ->
                    List.of(
                        HeapWords.place(site.place()),
                        Shown.bytes(site.bytes() / seconds),
                        Shown.percent(site.share()),
                        HeapWords.types(site)))
            .toList());
    page.table(
        List.of("Class", "A second", "Share"),
        2,
        allocating.types().stream()
            .limit(TYPES)
            .map(
                type ->
                    List.of(
                        Plain.line(type.type()),
                        Shown.bytes(type.bytes() / seconds),
                        Shown.percent(type.share())))
            .toList());
    page.note(
        "Estimated from "
            + Shown.count(allocating.samples())
            + " samples. A place is the topmost method of the application in the stack: what"
            + " libraries allocate counts for the line that called them.");
  }

  /** It draws both parts, so it is to run once, after the last of them. */
  private static List<String> script() {
    return List.of("\n" + Resources.own("heap.js"));
  }

  private static void collecting(Page page, HeapReport report) {
    Collecting collecting = report.collecting();
    page.section("What does collecting cost?");
    page.note(
        "While the collector pauses, every request waits. Above a few percent of the time, or with"
            + " pauses longer than a request may take, it is worth to allocate less or to give the"
            + " heap more room. Both charts share their time: point at one.");
    List<Chart> charts = new ArrayList<>();
    if (!report.allocating().rate().isEmpty()) {
      charts.add(HeapCharts.allocation(report));
    }
    if (!collecting.pauses().isEmpty()) {
      charts.add(HeapCharts.pauses(report).asBars());
    }
    page.charts(charts);
    if (collecting.stalledSeconds() > 0) {
      page.note(
          "Threads have waited "
              + HeapWords.seconds(collecting.stalledSeconds())
              + " in all for memory that the collector had not freed yet: it cannot keep up.");
    }
    if (!collecting.causes().isEmpty()) {
      page.table(
          List.of("Collections", "Count", "Paused", "Longest", "Cause"),
          3,
          collecting.causes().stream()
              .limit(CAUSES)
              .map(
                  cause ->
                      List.of(
                          Plain.line(cause.name()),
                          Shown.count(cause.count()),
                          Shown.micros(cause.pausedSeconds() * 1e6),
                          Shown.micros(cause.longestSeconds() * 1e6),
                          Plain.line(cause.cause())))
              .toList());
    }
  }

  private static void process(Page page, HeapReport report) {
    page.section("The heap in its process");
    page.note(
        "A container counts all memory of the process, not only its heap. The heap's maximum (-Xmx)"
            + " must leave room for the rest.");
    if (!report.live().after().isEmpty()) {
      page.chart(HeapCharts.process(report));
    }
    page.note(HeapWords.outside(report.footprint()));
    if (!report.footprint().parts().isEmpty()) {
      page.table(
          List.of("Native memory", "Committed", "Share"),
          2,
          report.footprint().parts().stream()
              .limit(NATIVE)
              .map(
                  part ->
                      List.of(
                          Plain.line(part.type()),
                          Shown.bytes(part.bytes()),
                          Shown.percent(part.share())))
              .toList());
    }
  }
}
