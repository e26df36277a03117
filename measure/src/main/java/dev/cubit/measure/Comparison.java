package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether run B is faster than run A, slower, or the same as far as can be seen.
 *
 * <p>Closed loads are compared by throughput. With a fixed rate throughput is the same by
 * construction, so latency decides: the mean over the samples of their medians. The intervals are
 * of {@link #METHOD}, see {@link MeanRatio}, from samples of a second or what was asked for. A
 * comparison is a pure function of two runs.
 *
 * <p>What it says is about two runs, not about two programs: a JVM that compiles in another order
 * may be some per cent faster for the whole of its life (Georges et al., OOPSLA 2007). Who wants to
 * know that compares several pairs.
 *
 * @param basis what the verdict is by
 * @param throughput B/A of responses a second; above 1, B is faster. Empty with too few samples
 * @param latency B/A of the mean of the samples' medians; below 1, B is faster
 * @param p99 B/A of the mean of the samples' p99
 * @param sentence the verdict with its figures, or why there is none
 * @param warnings differences of the question or the machine that make the verdict doubtful
 * @param method of the intervals
 */
public record Comparison(
    Side a,
    Side b,
    Verdict verdict,
    Basis basis,
    Optional<Ratio> throughput,
    Optional<Ratio> latency,
    Optional<Ratio> p99,
    String sentence,
    List<String> warnings,
    String method) {
  /** The method of the intervals, for results. */
  public static final String METHOD = MeanRatio.METHOD;

  public Comparison {
    warnings = List.copyOf(warnings);
  }

  /** What can be said of B. */
  public enum Verdict {
    FASTER,
    SLOWER,
    SAME,
    NOT_JUDGED
  }

  /** The figure that decides. */
  public enum Basis {
    THROUGHPUT,
    LATENCY
  }

  /**
   * One of both runs.
   *
   * @param samples that were used, equally long
   */
  public record Side(
      String name,
      double requestsPerSecond,
      long p50Micros,
      long p99Micros,
      long maxMicros,
      int samples) {
    static Side of(Run run, Series series) {
      LoadResult load = run.load();
      return new Side(
          run.name(),
          load.requestsPerSecond(),
          load.latency().getValueAtPercentile(50),
          load.latency().getValueAtPercentile(99),
          load.latency().getMaxValue(),
          series.length());
    }
  }

  /**
   * What a bound on slowness gives.
   *
   * @param failed also where the runs could not be judged: a gate that cannot see does not open
   */
  public record Gate(boolean failed, String sentence) {}

  /** Compares B to A. */
  public static Comparison of(Run a, Run b) {
    Series seriesA = Series.of(a.load());
    Series seriesB = Series.of(b.load());
    Basis basis = closed(a) && closed(b) ? Basis.THROUGHPUT : Basis.LATENCY;
    Optional<Ratio> throughput = MeanRatio.of(seriesA.throughput(), seriesB.throughput());
    Optional<Ratio> latency = MeanRatio.of(seriesA.medianLatency(), seriesB.medianLatency());
    Optional<Ratio> p99 = MeanRatio.of(seriesA.p99Latency(), seriesB.p99Latency());
    Optional<Ratio> deciding = basis == Basis.THROUGHPUT ? throughput : latency;
    Optional<String> refusal =
        refusal("A", a, seriesA)
            .or(() -> refusal("B", b, seriesB))
            .or(
                () ->
                    deciding.isPresent()
                        ? Optional.empty()
                        : Optional.of("one of the runs has too few samples with responses"));
    Verdict verdict =
        refusal.isPresent() ? Verdict.NOT_JUDGED : verdict(basis, deciding.orElseThrow());
    return new Comparison(
        Side.of(a, seriesA),
        Side.of(b, seriesB),
        verdict,
        basis,
        throughput,
        latency,
        p99,
        refusal
            .map(why -> "not judged: " + why)
            .orElseGet(() -> sentence(verdict, basis, deciding.orElseThrow())),
        Differences.between(a, b, seriesA, seriesB),
        METHOD);
  }

  private static boolean closed(Run run) {
    return run.question().arrivals().equals("closed");
  }

  private static Optional<String> refusal(String which, Run run, Series series) {
    String name = which + " (" + run.name() + ")";
    if (run.saturation().isPresent()) {
      return Optional.of(
          "in "
              + name
              + " the load generator was saturated, so its figures are of the generator and not of"
              + " the target; measure again with more --workers or with cores of its own");
    }
    if (series.length() < MeanRatio.FEWEST) {
      return Optional.of(
          name
              + " has "
              + series.length()
              + " whole samples after its first, and "
              + MeanRatio.FEWEST
              + " are needed: measure longer, or sample more often");
    }
    if (run.load().responsesInTime() == 0) {
      return Optional.of(name + " got no response");
    }
    return Optional.empty();
  }

  private static Verdict verdict(Basis basis, Ratio ratio) {
    if (ratio.includesOne()) {
      return Verdict.SAME;
    }
    return ratio.estimate() > 1 == (basis == Basis.THROUGHPUT) ? Verdict.FASTER : Verdict.SLOWER;
  }

  private static String sentence(Verdict verdict, Basis basis, Ratio ratio) {
    String figure = basis == Basis.THROUGHPUT ? "throughput" : "latency";
    String interval =
        String.format(
            Locale.ROOT,
            "%s %s, 95 %% interval %s to %s",
            figure,
            change(ratio.estimate()),
            change(ratio.low()),
            change(ratio.high()));
    return switch (verdict) {
      case FASTER -> "B is faster than A: " + interval;
      case SLOWER -> "B is slower than A: " + interval;
      default ->
          ratio.halfWidth() >= 1
              ? "nothing can be said: the samples are so unsteady that not even a doubling could"
                  + " have been seen; measure longer, on a machine that does nothing else"
              : "B is the same as A as far as can be seen: "
                  + interval
                  + "; a difference below "
                  + Figures.percent(ratio.halfWidth())
                  + " could not have been seen";
    };
  }

  private static String change(double ratio) {
    return (ratio >= 1 ? "+" : "-") + Figures.percent(Math.abs(ratio - 1));
  }

  /** The ratio that the verdict is by; empty where there is none. */
  public Optional<Ratio> deciding() {
    return basis == Basis.THROUGHPUT ? throughput : latency;
  }

  /**
   * Fails where B is slower than A by more than a bound. Two things are asked: the estimate is
   * beyond the bound, and B is slower at all by the interval. To ask for the whole interval beyond
   * the bound would let most slowdowns of twice the bound pass in a short run; to ask for the
   * estimate alone would fail builds by noise.
   *
   * @param percent the bound, 0 or more: throughput lower or latency higher by so much
   */
  public Gate failIfSlower(double percent) {
    if (!(percent >= 0)) {
      throw new IllegalArgumentException("a bound on slowness is 0 % or more, not " + percent);
    }
    if (verdict == Verdict.NOT_JUDGED) {
      return new Gate(true, sentence);
    }
    double ratio = deciding().orElseThrow().estimate();
    double slower = 100 * (basis == Basis.THROUGHPUT ? 1 - ratio : ratio - 1);
    boolean failed = verdict == Verdict.SLOWER && slower > percent;
    String bound = Figures.digits(percent) + " %";
    if (failed) {
      return new Gate(true, "B is slower than A by more than " + bound + ": " + sentence);
    }
    return new Gate(
        false,
        slower > percent
            ? "within "
                + bound
                + " as far as can be seen, but measure longer to be sure: "
                + sentence
            : "within " + bound + ": " + sentence);
  }
}
