package dev.cubit.report;

import dev.cubit.diagnose.heap.Allocating;
import dev.cubit.diagnose.heap.ByCause;
import dev.cubit.diagnose.heap.Collecting;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.LiveSet;
import dev.cubit.diagnose.heap.Suspect;
import java.util.List;

/**
 * A heap as text for a terminal: the verdict, the figures, where memory is allocated, and who is
 * suspected of keeping it.
 *
 * @param colour with escape sequences
 */
public record HeapText(boolean colour) {
  private static final int NAME = 14;
  private static final int SITES = 8;
  private static final int SUSPECTS = 3;

  /** The whole text, lines ended. */
  public String of(HeapReport report) {
    Ink ink = new Ink(colour);
    StringBuilder out = new StringBuilder();
    Verdict verdict = HeapWords.verdict(report);
    String sentence =
        switch (verdict.kind()) {
          case GOOD -> ink.green(verdict.sentence());
          case BAD -> ink.brightRed(verdict.sentence());
          case NEUTRAL -> verdict.sentence();
        };
    out.append(ink.bold(sentence)).append('\n');
    HeapWords.accused(report).ifPresent(text -> out.append(text).append('\n'));
    out.append('\n');
    figures(report, ink, out);
    sites(report.allocating(), ink, out);
    suspects(report, ink, out);
    for (String note : report.notes()) {
      out.append(ink.warning(Plain.text(note))).append('\n');
    }
    HeapWords.next(report).forEach(next -> line("Next", next, ink, out));
    return out.toString();
  }

  private static void figures(HeapReport report, Ink ink, StringBuilder out) {
    Allocating allocating = report.allocating();
    line("Allocated", Shown.bytes(allocating.bytesPerSecond()) + " a second", ink, out);
    line("Live", live(report.live()), ink, out);
    line("Collections", collections(report.collecting()), ink, out);
    if (report.footprint().peakBytes() > 0) {
      line(
          "Process",
          "at most " + Shown.bytes(report.footprint().peakBytes()) + " resident (RSS)",
          ink,
          out);
    }
  }

  static String live(LiveSet live) {
    String max = live.maxBytes() > 0 ? " of at most " + Shown.bytes(live.maxBytes()) : "";
    return live.quarters().isEmpty()
        ? "not known"
        : Shown.bytes(live.begin())
            + " at the begin, "
            + Shown.bytes(live.end())
            + " at the end"
            + max;
  }

  static String collections(Collecting collecting) {
    String collector =
        collecting.collector().isEmpty() ? "" : " by " + Plain.line(collecting.collector());
    return Shown.count(collecting.count())
        + collector
        + ", "
        + Shown.percent(collecting.pausedShare())
        + " of the time paused, the longest "
        + Shown.micros(collecting.longestSeconds() * 1e6)
        + collecting.causes().stream()
            .findFirst()
            .map(ByCause::cause)
            .map(cause -> ", mostly: " + Plain.line(cause))
            .orElse("");
  }

  private static void sites(Allocating allocating, Ink ink, StringBuilder out) {
    if (allocating.sites().isEmpty()) {
      return;
    }
    Box box = new Box(ink, "Allocated in", "A second", "Share", "Mostly");
    double seconds =
        allocating.bytesPerSecond() > 0 ? allocating.bytes() / allocating.bytesPerSecond() : 1;
    allocating.sites().stream()
        .limit(SITES)
        .forEach(
            site ->
                box.row(
                    HeapWords.place(site.place()),
                    Shown.bytes(site.bytes() / seconds),
                    Shown.percent(site.share()),
                    HeapWords.types(site)));
    out.append('\n').append(box.draw());
  }

  private static void suspects(HeapReport report, Ink ink, StringBuilder out) {
    List<Suspect> suspects =
        report.survivors().suspects().stream()
            .filter(s -> s.pattern() == Suspect.Pattern.THROUGHOUT)
            .limit(SUSPECTS)
            .toList();
    boolean tell =
        switch (report.finding()) {
          case LEAK, MAY_LEAK, FULL -> true;
          case PAUSES, HEALTHY, UNKNOWN -> false;
        };
    if (!tell || suspects.isEmpty()) {
      out.append('\n');
      return;
    }
    out.append('\n').append(ink.cyan("Who keeps it")).append('\n');
    for (Suspect suspect : suspects) {
      out.append("  ").append(ink.bold(HeapWords.simple(suspect.types().getFirst())));
      out.append(" of ").append(HeapWords.place(suspect.place())).append(", ");
      out.append(Shown.percent(suspect.share())).append(" of what stayed");
      suspect
          .bytesPerSecond()
          .ifPresent(b -> out.append(", ~").append(Shown.bytes(b)).append("/s"));
      out.append('\n');
      if (!suspect.path().isEmpty()) {
        out.append("    ").append(chain(suspect)).append('\n');
      }
    }
    out.append('\n');
  }

  /** From what holds to what is held. */
  static String chain(Suspect suspect) {
    StringBuilder chain = new StringBuilder(Plain.line(suspect.root()));
    suspect
        .path()
        .reversed()
        .forEach(
            link -> {
              chain.append(" → ").append(HeapWords.link(link));
              if (link.times() > 1) {
                chain.append(" ×").append(link.times());
              }
            });
    return chain.append(" → ").append(HeapWords.simple(suspect.types().getFirst())).toString();
  }

  private static void line(String name, String text, Ink ink, StringBuilder out) {
    out.append(ink.bold(name + " ".repeat(Math.max(0, NAME - name.length()))));
    out.append("  ").append(text).append('\n');
  }
}
