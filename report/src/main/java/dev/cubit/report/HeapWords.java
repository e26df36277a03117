package dev.cubit.report;

import dev.cubit.diagnose.heap.AllocationSite;
import dev.cubit.diagnose.heap.Footprint;
import dev.cubit.diagnose.heap.HeapReport;
import dev.cubit.diagnose.heap.Link;
import dev.cubit.diagnose.heap.LiveSet;
import dev.cubit.diagnose.heap.LiveSet.Trend;
import dev.cubit.diagnose.heap.Suspect;
import dev.cubit.diagnose.recording.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be said of a heap, in sentences, for the page and the terminal alike. */
final class HeapWords {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double DAY = 86_400;

  /** More is worth a sentence: at such rates the collector alone takes a good part of a core. */
  private static final double MUCH_A_SECOND = 1e9;

  private HeapWords() {}

  static Verdict verdict(HeapReport report) {
    LiveSet live = report.live();
    return switch (report.finding()) {
      case LEAK ->
          new Verdict(Verdict.Kind.BAD, "What lives in the heap grows " + grows(report) + ".");
      case FULL ->
          new Verdict(
              Verdict.Kind.BAD,
              "The heap is full of live objects: whole collections free next to nothing of its "
                  + Shown.bytes(live.maxBytes())
                  + ".");
      case PAUSES ->
          new Verdict(
              Verdict.Kind.BAD,
              "All threads stand still for "
                  + Shown.percent(report.collecting().pausedShare())
                  + " of the time, while the heap is collected.");
      case MAY_LEAK ->
          new Verdict(
              Verdict.Kind.NEUTRAL,
              "What lives in the heap has grown "
                  + fromTo(live)
                  + ". That may be warm-up or the begin of a leak: a longer load will tell.");
      case HEALTHY ->
          new Verdict(
              Verdict.Kind.GOOD,
              live.trend() == Trend.LEVELLED
                  ? "No leak: what lives has grown " + fromTo(live) + ", and then stayed."
                  : live.trend() == Trend.STEADY
                      ? "No leak: what lives stays at about " + Shown.bytes(live.end()) + "."
                      : "Nothing is wrong with the heap.");
      case UNKNOWN ->
          new Verdict(
              Verdict.Kind.NEUTRAL,
              "Too few collections to tell whether anything leaks: load for longer.");
    };
  }

  private static String grows(HeapReport report) {
    LiveSet live = report.live();
    String rate =
        "by "
            + Shown.bytes(live.bytesPerSecond())
            + " a second: "
            + fromTo(live)
            + " in "
            + seconds(report.window().to() - report.window().from());
    if (live.maxBytes() > 0 && live.end() >= 0.9 * live.maxBytes()) {
      return rate + ", which is all that it may have";
    }
    return live.secondsToMax().isPresent()
        ? rate
            + ". At that rate its maximum of "
            + Shown.bytes(live.maxBytes())
            + " is reached in "
            + seconds(live.secondsToMax().getAsDouble())
        : rate;
  }

  private static String fromTo(LiveSet live) {
    return "from " + Shown.bytes(live.begin()) + " to " + Shown.bytes(live.end());
  }

  /** Of seconds: {@code 48 s}, {@code 12 min}, {@code 5.3 h}. */
  static String seconds(double seconds) {
    if (seconds < 2 * MINUTE) {
      return Shown.digits(seconds) + " s";
    }
    if (seconds < 2 * HOUR) {
      return Shown.digits(seconds / MINUTE) + " min";
    }
    return seconds < 2 * DAY
        ? Shown.digits(seconds / HOUR) + " h"
        : Shown.count(Math.rint(seconds / DAY)) + " days";
  }

  /** What most of what stays is; empty where nothing is suspected of a leak. */
  static Optional<String> accused(HeapReport report) {
    boolean grows = report.live().trend() == Trend.GROWS || report.live().trend() == Trend.MAY_GROW;
    return report.survivors().suspects().stream()
        .filter(suspect -> grows && suspect.pattern() == Suspect.Pattern.THROUGHOUT)
        .findFirst()
        .map(
            s ->
                Shown.percent(s.share())
                    + " of what stayed is allocated in "
                    + method(s.place())
                    + (s.holder().isEmpty() ? "" : " and held by " + member(s.holder()))
                    + ".");
  }

  /** What people usually do next. */
  static List<String> next(HeapReport report) {
    List<String> next = new ArrayList<>();
    switch (report.finding()) {
      case LEAK, MAY_LEAK -> {
        report.survivors().suspects().stream()
            .findFirst()
            .filter(s -> !s.holder().isEmpty())
            .ifPresent(
                s ->
                    next.add(
                        "Look at "
                            + member(s.holder())
                            + ": when is something taken out of it? Give it a bound (a cache with a"
                            + " maximum size or a time to live), or remove what is done with."));
        next.add(
            "Record again after the change, with the same load: the line of what lives must stay"
                + " level. A longer load (-d 60) tells a slow leak from warm-up.");
      }
      case FULL ->
          next.add(
              "Give the heap more room (-Xmx) or keep less: what lives needs about half of the"
                  + " heap at most for collecting to be cheap.");
      case PAUSES -> {
        next.add("Allocate less: begin with the first sites of the table below.");
        next.add(
            "Give the heap more room (-Xmx): twice the room is half as many collections. Pauses"
                + " that are long rather than many ask for ZGC (-XX:+UseZGC).");
      }
      case UNKNOWN ->
          next.add("Load for longer (-d 60), or with a smaller heap, so that it is collected.");
      case HEALTHY ->
          next.add(
              report.allocating().bytesPerSecond() >= MUCH_A_SECOND
                  ? "Allocation is high. If cubit doctor finds the CPU to be the limit, the first"
                      + " sites of the table below are worth a look."
                  : "Memory is not what limits this service under this load. cubit doctor says"
                      + " what does.");
    }
    return next;
  }

  /** On what the process has beyond the heap. */
  static String outside(Footprint footprint) {
    if (footprint.resident().isEmpty()) {
      return "The recording has no memory of the process: that is recorded on Java 21 and newer.";
    }
    String native_ =
        footprint.parts().isEmpty()
            ? " What that is, the JVM tells when it is started with"
                + " -XX:NativeMemoryTracking=summary (which costs a few percent)."
            : "";
    return footprint.outsideBytes().isPresent()
        ? "The process has about "
            + Shown.bytes(footprint.outsideBytes().getAsDouble())
            + " beyond what the heap has taken: threads, classes, compiled code, buffers."
            + native_
        : native_.strip();
  }

  static String pattern(Suspect suspect) {
    return switch (suspect.pattern()) {
      case THROUGHOUT -> "allocated all through the load: it adds up";
      case EARLY -> "allocated in the first half of the load only: filled once, as a cache is";
      case LATE -> "allocated in the second half only: young, and may go yet";
    };
  }

  /** {@code Shop.render:12}: the class without its package. */
  static String place(Frame frame) {
    return method(frame) + (frame.line() > 0 ? ":" + frame.line() : "");
  }

  static String method(Frame frame) {
    String type = frame.type();
    return (type.isEmpty() ? "" : simple(type) + ".") + Plain.line(frame.method());
  }

  /** The class without its package, and the field. */
  static String member(String holder) {
    int dot = holder.lastIndexOf('.');
    return dot < 0
        ? Plain.line(holder)
        : simple(holder.substring(0, dot)) + "." + Plain.line(holder.substring(dot + 1));
  }

  static String link(Link link) {
    return link.field().isEmpty() ? simple(link.type()) : member(link.text());
  }

  static String simple(String type) {
    return Plain.line(type.substring(type.lastIndexOf('.') + 1));
  }

  static String types(AllocationSite site) {
    return String.join(", ", site.types().stream().limit(3).map(t -> simple(t.type())).toList());
  }
}
