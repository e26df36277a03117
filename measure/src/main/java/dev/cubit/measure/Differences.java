package dev.cubit.measure;

import dev.cubit.load.LoadResult.Ending;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What two runs differ in but the target, so that a comparison of them is doubtful. Hosts and ports
 * are no such difference: they are where the target is.
 */
final class Differences {
  private static final double MUCH_OF_THE_MACHINE = 0.10;

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> between(Run a, Run b, Series seriesA, Series seriesB) {
    Differences differences = new Differences();
    Run.Question x = a.question();
    Run.Question y = b.question();
    differences.add("connections", x.connections(), y.connections());
    differences.add("pipelining", x.pipelining(), y.pipelining());
    differences.add("protocol", x.protocol(), y.protocol());
    differences.add("method", x.method(), y.method());
    differences.add("arrivals", x.arrivals(), y.arrivals());
    differences.add("overall rate", text(x.overallRate()), text(y.overallRate()));
    differences.add("rate per connection", text(x.connectionRate()), text(y.connectionRate()));
    differences.add("paths", paths(x), paths(y));
    differences.add("cores", a.machine().cores(), b.machine().cores());
    differences.add("CPU", a.machine().cpuModel(), b.machine().cpuModel());
    differences.add("warm-up", text(a.warmUp().isPresent()), text(b.warmUp().isPresent()));
    differences.sampling(seriesA, seriesB);
    differences.others("A", a);
    differences.others("B", b);
    differences.ending("A", a);
    differences.ending("B", b);
    return differences.found;
  }

  private void add(String what, Object a, Object b) {
    if (!a.equals(b)) {
      found.add("the runs differ in " + what + ": " + a + " in A, " + b + " in B");
    }
  }

  private void sampling(Series a, Series b) {
    double x = a.interval().toNanos();
    double y = b.interval().toNanos();
    if (x > 0 && y > 0 && (x / y > 1.2 || y / x > 1.2)) {
      found.add(
          "the runs were sampled at different intervals: the ratios of latency are only rough");
    }
  }

  private void others(String which, Run run) {
    double others = run.othersBusy().orElse(0);
    if (others > MUCH_OF_THE_MACHINE) {
      found.add(
          "during "
              + which
              + " other programs used "
              + Figures.percent(others)
              + " of the machine: the difference may be theirs");
    }
  }

  private void ending(String which, Run run) {
    Ending ending = run.load().ending();
    if (ending != Ending.COMPLETED) {
      found.add(
          which
              + " did not run to its end: "
              + switch (ending) {
                case INTERRUPTED -> "it was interrupted";
                case BAILED_OUT -> "it bailed out after too many errors";
                default -> "the target was lost";
              });
    }
    long bad = run.load().errorCount() + run.load().mismatches() + run.load().responsesOfClass(5);
    if (bad * 100 > run.load().responses() + run.load().errorCount()) {
      found.add(
          "in "
              + which
              + " more than 1 % of the requests failed: failing may be faster than answering");
    }
  }

  private static String paths(Run.Question question) {
    return String.join(" ", question.urls().stream().map(Differences::path).sorted().toList());
  }

  private static String path(String url) {
    try {
      URI uri = URI.create(url);
      String query = uri.getRawQuery();
      return Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()).orElse("/")
          + (query == null ? "" : "?" + query);
    } catch (IllegalArgumentException e) {
      return url; // with placeholders in it: compared as it is
    }
  }

  private static String text(Optional<Double> rate) {
    return rate.map(Figures::digits).orElse("none");
  }

  private static String text(boolean there) {
    return there ? "yes" : "no";
  }
}
