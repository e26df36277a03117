package dev.cubit.report;

import dev.cubit.load.LoadResult;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import java.util.List;
import java.util.Map;

/** A run in one sentence. */
record Verdict(Kind kind, String sentence) {
  /** How it is to be taken; {@code NEUTRAL} where nothing was asked of it and nothing failed. */
  enum Kind {
    GOOD,
    BAD,
    NEUTRAL
  }

  static Verdict of(Run run, List<Goal.Outcome> goals) {
    LoadResult load = run.load();
    if (load.responses() == 0) {
      return new Verdict(Kind.BAD, "Nothing was answered" + cause(load));
    }
    String figures =
        (run.saturation().isPresent() ? "At least " : "")
            + Shown.rate(load.requestsPerSecond())
            + " requests a second, "
            + percentile(load, 50)
            + ", "
            + percentile(load, 99)
            + ", "
            + failures(load);
    long missed = goals.stream().filter(g -> !g.held()).count();
    if (missed > 0) {
      return new Verdict(
          Kind.BAD,
          missed + " of " + Shown.plural(goals.size(), "goal", "goals") + " missed: " + figures);
    }
    if (!goals.isEmpty()) {
      return new Verdict(
          Kind.GOOD, (goals.size() == 1 ? "The goal holds: " : "All goals hold: ") + figures);
    }
    boolean failed = bad(load) > 0;
    return new Verdict(failed ? Kind.BAD : Kind.NEUTRAL, figures);
  }

  private static String percentile(LoadResult load, int percentile) {
    return "p" + percentile + " " + Shown.micros(load.latency().getValueAtPercentile(percentile));
  }

  private static String cause(LoadResult load) {
    return load.errors().entrySet().stream()
        .max(Map.Entry.comparingByValue((a, b) -> Long.compare(a.count(), b.count())))
        .map(e -> ": " + Plain.line(e.getValue().example()))
        .orElse("");
  }

  private static String failures(LoadResult load) {
    long bad = bad(load);
    return bad == 0
        ? "no failures"
        : Shown.percent((double) bad / (load.responses() + load.errorCount())) + " failed";
  }

  /** Requests without a good answer; of checks and of 5xx only sums are known, see {@link Goal}. */
  private static long bad(LoadResult load) {
    return load.errorCount() + Math.max(load.mismatches(), load.responsesOfClass(5));
  }

  /** Why a run ended before its time, as a sentence; empty where it did not. */
  static String early(LoadResult.Ending ending) {
    return switch (ending) {
      case COMPLETED -> "";
      case BAILED_OUT -> "Ended early: as many requests had failed as --bailout allows.";
      case INTERRUPTED -> "Interrupted: these figures are of what was measured until then.";
      case TARGET_LOST -> "Ended early: the target could not be reached any more.";
    };
  }
}
