package dev.cubit.report;

import dev.cubit.load.LoadResult.Sample;
import dev.cubit.measure.Run;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * autocannon's figures: of its histogram of latency in milliseconds, and of its counts once a
 * sample interval.
 *
 * <p>Latency is rounded from microseconds; mean and deviation are taken before rounding. Of
 * samples, percentiles are by nearest rank. A last sample shorter than half the interval is left
 * out, unless there is no other: it would pass for a slow second.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Statistics(double mean, double deviation, double min, double max, double[] percentiles) {
  /** autocannon's fifteen. */
  static final double[] PERCENTILES = {
    0.001, 0.01, 0.1, 1, 2.5, 10, 25, 50, 75, 90, 97.5, 99, 99.9, 99.99, 99.999
  };

  static Statistics ofLatency(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return new Statistics(0, 0, 0, 0, new double[PERCENTILES.length]);
    }
    return new Statistics(
        up(micros.getMean() / 1000),
        up(micros.getStdDeviation() / 1000),
        millis(micros.getMinNonZeroValue() == Long.MAX_VALUE ? 0 : micros.getMinNonZeroValue()),
        millis(micros.getMaxValue()),
        Arrays.stream(PERCENTILES).map(p -> millis(micros.getValueAtPercentile(p))).toArray());
  }

  private static double millis(long micros) {
    return Math.round(micros / 1000.0);
  }

  static Statistics ofRequests(Run run) {
    return ofSamples(run, Sample::responses);
  }

  static Statistics ofBytes(Run run) {
    return ofSamples(run, Sample::bytes);
  }

  /** How many samples they are of. */
  static List<Sample> samples(Run run) {
    long interval = run.question().sampleInterval().toNanos();
    List<Sample> all = run.load().samples();
    List<Sample> whole = all.stream().filter(s -> s.length().toNanos() >= interval / 2).toList();
    return whole.isEmpty() ? all : whole;
  }

  /** Counts an interval; those of merged samples are brought back to one. */
  private static Statistics ofSamples(Run run, ToDoubleFunction<Sample> count) {
    double interval = run.question().sampleInterval().toNanos();
    double[] sorted =
        samples(run).stream()
            .mapToDouble(
                s -> {
                  double intervals = Math.max(1, Math.rint(s.length().toNanos() / interval));
                  return Math.rint(count.applyAsDouble(s) / intervals);
                })
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return new Statistics(0, 0, 0, 0, new double[PERCENTILES.length]);
    }
    double mean = Arrays.stream(sorted).average().orElse(0);
    double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double min = Arrays.stream(sorted).filter(v -> v > 0).findFirst().orElse(0);
    return new Statistics(
        up(mean),
        up(Math.sqrt(squares)),
        min,
        sorted[sorted.length - 1],
        Arrays.stream(PERCENTILES)
            .map(p -> sorted[Math.max(0, (int) Math.ceil(p / 100 * sorted.length) - 1)])
            .toArray());
  }

  /** Two decimals, upwards, as autocannon does. */
  private static double up(double value) {
    return Math.ceil(value * 100 - 1e-9) / 100;
  }

  /** As autocannon's table and, with {@code _} for the point, its JSON name a percentile. */
  static String name(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }

  double percentile(double wanted) {
    return percentiles[Arrays.binarySearch(PERCENTILES, wanted)];
  }
}
