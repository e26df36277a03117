package dev.cubit.report;

import dev.cubit.diagnose.bubble.Area;
import dev.cubit.diagnose.bubble.Bubble;
import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.bubble.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Bubbles as text for a terminal.
 *
 * @param colour with escape sequences
 */
public record BubbleText(boolean colour) {
  private static final int MOST = 12;
  private static final double SMALLEST = 0.001;

  /** The whole text, lines ended. */
  public String of(Bubbles bubbles) {
    Ink ink = new Ink(colour);
    StringBuilder out = new StringBuilder();
    out.append(ink.bold(BubbleWords.verdict(bubbles))).append('\n');
    out.append(BubbleWords.advice(bubbles)).append("\n\n");
    double all = bubbles.allSeconds();
    Box box = new Box(ink, "Where the time goes", "", "Share", "Threads", "Mean", "p99", "Most at");
    List<Bubble> shown = shown(bubbles);
    for (Bubble bubble : shown) {
      box.row(row(bubble, all, bubbles));
    }
    if (!shown.isEmpty()) {
      out.append(box.draw());
    }
    String base =
        bubbles.inFlightSeconds() > 0
            ? "Shares are of %s requests in flight"
                .formatted(threads(bubbles.inFlightSeconds(), bubbles))
            : "Shares are of what was seen: how many requests were in flight is not known";
    out.append(ink.grey(base + "; Threads is how many did so at a time, on average.")).append('\n');
    for (String note : bubbles.notes()) {
      out.append(ink.warning(Plain.line(note))).append('\n');
    }
    return out.toString();
  }

  static List<Bubble> shown(Bubbles bubbles) {
    double all = bubbles.allSeconds();
    return bubbles.bubbles().stream()
        .filter(b -> b.area() != Area.IDLE && b.seconds() > SMALLEST * all)
        .limit(MOST)
        .toList();
  }

  /** Name, kind, share, mean threads, mean and p99 of one wait, its largest call site. */
  static List<String> row(Bubble bubble, double all, Bubbles of) {
    List<String> cells = new ArrayList<>();
    cells.add(Plain.line(bubble.name()));
    cells.add(bubble.area().text());
    cells.add(Shown.percent(all <= 0 ? 0 : bubble.seconds() / all));
    cells.add(threads(bubble.seconds(), of));
    if (bubble.operations().isEmpty()) {
      cells.addAll(List.of("–", "–", ""));
      return cells;
    }
    Operation most = bubble.operations().getFirst();
    boolean told = most.maxSeconds() > 0;
    cells.add(told ? Shown.micros(most.meanSeconds() * 1e6) : "–");
    cells.add(told ? Shown.micros(most.p99Seconds() * 1e6) : "–");
    cells.add(Plain.line(BubbleWords.method(most)) + (most.line() > 0 ? ":" + most.line() : ""));
    return cells;
  }

  static String threads(double seconds, Bubbles of) {
    double length = of.length().toNanos() / 1e9;
    return length <= 0 ? "–" : Shown.digits(seconds / length);
  }
}
