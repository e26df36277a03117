package dev.cubit.report;

import dev.cubit.diagnose.flight.LiveLook;
import dev.cubit.load.Progress;
import dev.cubit.measure.Run;
import dev.cubit.measure.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is shown while a load goes on: on a terminal one line that is drawn again, with autocannon's
 * bar and the throughput of the last seconds; elsewhere a plain line for each second. What is
 * written is a function of what was told before. Not safe for use by several threads at a time.
 */
public final class ProgressLine {
  private static final int BAR = 20;
  private static final int FEWEST_COLUMNS = 20;

  /** Faster than this nobody reads. */
  private static final Duration REDRAW = Duration.ofMillis(200);

  private static final String CLEAR = "\r\u001b[K";

  private final boolean live;
  private final int columns;
  private final Sparkline recent = new Sparkline();
  private boolean drawn;
  private String label = "running";
  private String lastLabel = "";
  private Duration lastShown = Duration.ZERO;

  /**
   * A line that begins empty.
   *
   * @param live it can be drawn again in place
   * @param columns that it may take; fewer than {@value #FEWEST_COLUMNS} count as so many
   */
  public ProgressLine(boolean live, int columns) {
    this.live = live;
    this.columns = Math.max(FEWEST_COLUMNS, columns);
  }

  /** What a recording shows of the JVM, behind the throughput; see {@link LiveLook}. */
  public static String live(LiveLook look) {
    return "CPU "
        + Shown.percent(look.jvm())
        + " of "
        + Shown.percent(look.machine())
        + "  GC "
        + Shown.percent(look.stopped())
        + "  alloc "
        + Shown.bytes(Math.round(look.allocated()))
        + "/s";
  }

  /** autocannon's first lines: what is about to be done. */
  public static String heading(Run.Question question) {
    String extent =
        question
            .amount()
            .map(n -> n + " requests ")
            .or(() -> question.duration().map(d -> seconds(d) + "s "))
            .orElse("");
    return "Running "
        + extent
        + "test @ "
        + Plain.text(String.join(", ", question.urls()))
        + question.socketPath().map(path -> " (" + Plain.text(path) + ")").orElse("")
        + "\n"
        + question.connections()
        + " connections"
        + (question.pipelining() > 1 ? " with " + question.pipelining() + " pipelining factor" : "")
        + rate(question.overallRate(), " requests a second")
        + rate(question.connectionRate(), " requests a second each")
        + (question.workers() > 0 ? "\n" + question.workers() + " workers" : "")
        + "\n";
  }

  private static String rate(Optional<Double> perSecond, String unit) {
    return perSecond.map(r -> ", " + Shown.count(r) + unit).orElse("");
  }

  private static String seconds(Duration time) {
    return Shown.digits(time.toMillis() / 1e3);
  }

  /** What is to be written when this is how far it is; empty where nothing is. */
  public String next(Stage stage) {
    return switch (stage) {
      case Stage.WarmingUp s -> progress("warmup", s.progress());
      case Stage.Measuring s -> progress(label, s.progress());
      case Stage.WarmedUp s -> {
        recent.clear();
        yield end()
            + "warmed up in "
            + Shown.time(s.took())
            + (s.settled() ? "\n" : ", but throughput had not settled\n");
      }
      case Stage.Round s -> {
        recent.clear();
        label = Plain.line(s.contender());
        lastLabel = "";
        yield live ? "" : round(s, label);
      }
    };
  }

  private static String round(Stage.Round round, String contender) {
    return round.round() == 0
        ? "warming up " + contender + "\n"
        : "round " + round.round() + " of " + round.rounds() + ": " + contender + "\n";
  }

  /** What is to be written when it is over. */
  public String end() {
    String clear = drawn ? CLEAR : "";
    drawn = false;
    return clear;
  }

  private String progress(String what, Progress progress) {
    recent.add(progress);
    if (!due(what, progress.elapsed())) {
      return "";
    }
    lastLabel = what;
    lastShown = progress.elapsed();
    if (!live) {
      return what + " " + elapsed(progress) + "  " + figures(progress, true) + "\n";
    }
    drawn = true;
    return CLEAR + fitting(what, progress);
  }

  /** Once a second where lines stay, more often where they are drawn again. */
  private boolean due(String what, Duration elapsed) {
    if (!what.equals(lastLabel) || elapsed.compareTo(lastShown) < 0) {
      return true;
    }
    return live
        ? elapsed.minus(lastShown).compareTo(REDRAW) >= 0
        : elapsed.toSeconds() > lastShown.toSeconds();
  }

  /** The fullest form that fits; what matters least goes first, the errors never. */
  private String fitting(String what, Progress progress) {
    String full = figures(progress, true);
    String few = figures(progress, false);
    String spark = "  " + recent.draw(Sparkline.SECONDS);
    String shortSpark = "  " + recent.draw(Sparkline.SECONDS / 2);
    String time = "  " + elapsed(progress);
    String shortBar = what + " " + bar(progress, BAR / 2);
    List<String> forms = new ArrayList<>();
    forms.add(what + " " + bar(progress, BAR) + time + spark + "  " + full);
    forms.add(shortBar + time + spark + "  " + full);
    forms.add(shortBar + spark + "  " + full);
    forms.add(shortBar + shortSpark + "  " + full);
    forms.add(shortBar + "  " + full);
    forms.add(what + " " + share(progress) + "  " + full);
    forms.add(share(progress) + "  " + few);
    for (String form : forms) {
      if (width(form) < columns) {
        return form;
      }
    }
    String last = forms.getLast();
    return last.substring(0, last.offsetByCodePoints(0, columns - 1));
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private String figures(Progress progress, boolean all) {
    String errors = progress.errors() > 0 ? Shown.count(progress.errors()) + " errors" : "";
    String rate = Shown.rate(recent.latest()) + " req/s";
    boolean ended = progress.last().p50Micros() > 0;
    String p50 = ended ? "p50 " + Shown.micros(progress.last().p50Micros()) : "";
    String p99 = ended ? "p99 " + Shown.micros(progress.last().p99Micros()) : "";
    List<String> told = all ? List.of(rate, p50, p99, errors) : List.of(errors, rate, p99);
    return String.join("  ", told.stream().filter(s -> !s.isEmpty()).toList());
  }

  /** {@code 4s/10s}; the end of a load by amount is foretold from its pace. */
  private static String elapsed(Progress progress) {
    double now = progress.elapsed().toMillis() / 1e3;
    double done = progress.done().orElse(0);
    String elapsed = String.format(Locale.ROOT, "%.0fs", now);
    return done > 0 ? elapsed + String.format(Locale.ROOT, "/%.0fs", now / done) : elapsed;
  }

  private static String share(Progress progress) {
    return progress.done().isPresent()
        ? String.format(Locale.ROOT, "%.0f%%", 100 * share01(progress))
        : elapsed(progress);
  }

  private static double share01(Progress progress) {
    double done = progress.done().orElse(0);
    return Double.isFinite(done) ? Math.clamp(done, 0, 1) : 0;
  }

  private static String bar(Progress progress, int width) {
    if (progress.done().isEmpty()) {
      return elapsed(progress);
    }
    int full = (int) (share01(progress) * width);
    return "[" + "=".repeat(full) + " ".repeat(width - full) + "] " + share(progress);
  }
}
