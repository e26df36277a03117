package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The samples of a run as series of equally long intervals, without those that are not like the
 * others: the first, in which connections were still being opened and code was cold, and the last
 * where it is shorter.
 *
 * <p>Where a run was so long that samples were merged, lengths may differ; neighbours then are
 * joined until all have the usual length. A p50 or p99 that is joined is the mean of those of its
 * parts by their responses: an index of speed, not the percentile of the whole.
 *
 * @param samples equally long but for a few per cent
 */
record Series(List<Sample> samples) {
  /** A sample that has less of the usual length is partial. */
  private static final double WHOLE = 0.9;

  Series {
    samples = List.copyOf(samples);
  }

  static Series of(LoadResult load) {
    List<Sample> samples = load.samples();
    if (samples.isEmpty()) {
      return new Series(List.of());
    }
    long[] lengths = samples.stream().mapToLong(s -> s.length().toNanos()).sorted().toArray();
    long usual = lengths[lengths.length / 2]; // not the longest: a stall may stretch one
    return new Series(joined(samples.subList(1, samples.size()), (long) (WHOLE * usual)));
  }

  private static List<Sample> joined(List<Sample> samples, long atLeastNanos) {
    List<Sample> joined = new ArrayList<>();
    List<Sample> parts = new ArrayList<>();
    long nanos = 0;
    for (Sample sample : samples) {
      parts.add(sample);
      nanos += sample.length().toNanos();
      if (nanos >= atLeastNanos && nanos > 0) {
        joined.add(join(parts));
        parts.clear();
        nanos = 0;
      }
    }
    return joined;
  }

  private static Sample join(List<Sample> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    return new Sample(
        parts.getLast().at(),
        parts.stream().map(Sample::length).reduce(Duration.ZERO, Duration::plus),
        parts.stream().mapToLong(Sample::responses).sum(),
        parts.stream().mapToLong(Sample::bytes).sum(),
        parts.stream().mapToLong(Sample::errors).sum(),
        byResponses(parts, Sample::p50Micros),
        byResponses(parts, Sample::p99Micros),
        parts.stream().mapToLong(Sample::maxMicros).max().orElse(0));
  }

  private static long byResponses(List<Sample> parts, ToDoubleFunction<Sample> figure) {
    double weights = parts.stream().mapToDouble(Sample::responses).sum();
    return weights == 0
        ? 0
        : Math.round(
            parts.stream().mapToDouble(s -> s.responses() * figure.applyAsDouble(s)).sum()
                / weights);
  }

  int length() {
    return samples.size();
  }

  /** The length of its intervals; zero where there is none. */
  Duration interval() {
    return samples.isEmpty() ? Duration.ZERO : samples.getFirst().length();
  }

  /** Responses a second of each interval. */
  double[] throughput() {
    return samples.stream()
        .mapToDouble(s -> s.responses() / (s.length().toNanos() / 1e9))
        .toArray();
  }

  /** Median latency of each interval in which something ended, in microseconds. */
  double[] medianLatency() {
    return samples.stream().mapToDouble(Sample::p50Micros).filter(v -> v > 0).toArray();
  }

  /** The p99 of latency of each interval in which something ended, in microseconds. */
  double[] p99Latency() {
    return samples.stream().mapToDouble(Sample::p99Micros).filter(v -> v > 0).toArray();
  }
}
