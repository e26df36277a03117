package dev.cubit.report;

import dev.cubit.load.Progress;
import dev.cubit.measure.Run;
import dev.cubit.measure.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * What is shown while a load goes on: on a terminal one line that is drawn again, with a bar and
 * the throughput of the last seconds; elsewhere a plain line for each second. Not safe for use by
 * several threads at a time.
 */
public final class ProgressLine {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final int HISTORY = 20;
  private static final int BAR = 20;

  private final boolean live;
  private final int columns;
  private final Deque<Double> history = new ArrayDeque<>();
  private boolean drawn;
  private String label = "running";
  private long lastPlainSecond = -1;

  /**
   * A line that begins empty.
   *
   * @param live it can be drawn again in place
   * @param columns that it may take
   */
  public ProgressLine(boolean live, int columns) {
    this.live = live;
    this.columns = Math.max(20, columns);
  }

  /** autocannon's first lines: what is about to be done. */
  public static String heading(Run.Question question) {
    String urls = String.join(", ", question.urls());
    return "Running "
        + (question.amount().isPresent()
            ? question.amount().get() + " requests"
            : seconds(question.duration().orElseThrow().toMillis()) + "s")
        + " test @ "
        + urls
        + question.socketPath().map(path -> " (" + path + ")").orElse("")
        + "\n"
        + question.connections()
        + " connections"
        + (question.pipelining() > 1 ? " with " + question.pipelining() + " pipelining factor" : "")
        + question.overallRate().map(r -> ", " + Shown.count(r) + " requests a second").orElse("")
        + question
            .connectionRate()
            .map(r -> ", " + Shown.count(r) + " requests a second each")
            .orElse("")
        + (question.workers() > 0 ? "\n" + question.workers() + " workers" : "")
        + "\n";
  }

  private static String seconds(long millis) {
    return Shown.digits(millis / 1e3);
  }

  /** What is to be written when this is how far it is; empty where nothing is. */
  public String next(Stage stage) {
    return switch (stage) {
      case Stage.WarmingUp s -> progress("warmup", s.progress());
      case Stage.Measuring s -> progress(label, s.progress());
      case Stage.WarmedUp s -> {
        history.clear();
        yield line(
            "warmed up in "
                + Shown.time(s.took())
                + (s.settled() ? "" : ", but throughput had not settled"));
      }
      case Stage.Round s -> {
        history.clear();
        label = s.contender();
        lastPlainSecond = -1;
        yield live
            ? ""
            : s.round() == 0
                ? "warming up " + s.contender() + "\n"
                : "round " + s.round() + " of " + s.rounds() + ": " + s.contender() + "\n";
      }
    };
  }

  /** What is to be written when it is over. */
  public String end() {
    String clear = drawn ? "\r\u001b[K" : "";
    drawn = false;
    return clear;
  }

  private String line(String text) {
    return end() + text + "\n";
  }

  private String progress(String what, Progress progress) {
    double rate =
        progress.last().responses() / Math.max(1e-9, progress.last().length().toNanos() / 1e9);
    if (history.size() == HISTORY) {
      history.removeFirst();
    }
    history.addLast(rate);
    String figures =
        Shown.count(Math.rint(rate))
            + " req/s  p50 "
            + Shown.micros(progress.last().p50Micros())
            + "  p99 "
            + Shown.micros(progress.last().p99Micros())
            + (progress.errors() > 0 ? "  " + Shown.count(progress.errors()) + " errors" : "");
    if (!live) {
      long second = progress.elapsed().toSeconds();
      if (second == lastPlainSecond) {
        return "";
      }
      lastPlainSecond = second;
      return what + " " + seconds(progress.elapsed().toMillis()) + "s  " + figures + "\n";
    }
    String text = what + " " + bar(progress) + "  " + sparkline() + "  " + figures;
    if (text.length() >= columns) {
      text = what + " " + bar(progress) + "  " + figures;
    }
    drawn = true;
    return "\r\u001b[K" + text.substring(0, Math.min(text.length(), columns - 1));
  }

  private static String bar(Progress progress) {
    if (progress.done().isEmpty()) {
      return seconds(progress.elapsed().toMillis()) + "s";
    }
    double done = Math.clamp(progress.done().getAsDouble(), 0, 1);
    int full = (int) (done * BAR);
    return "["
        + "=".repeat(full)
        + " ".repeat(BAR - full)
        + "] "
        + String.format(Locale.ROOT, "%.0f%%", done * 100);
  }

  private String sparkline() {
    double max = history.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double rate : history) {
      int level = max <= 0 ? 0 : (int) Math.min(7, rate / max * 7.999);
      line.append(LEVELS.charAt(level));
    }
    return line.toString();
  }
}
