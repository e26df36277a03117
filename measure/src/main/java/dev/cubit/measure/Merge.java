package dev.cubit.measure;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.load.LoadResult.GeneratorUse;
import dev.cubit.load.LoadResult.Sample;
import dev.cubit.target.TargetUse;
import dev.cubit.target.UseSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Several loads on one target as if they were one, their times set end to end. */
final class Merge {
  private Merge() {}

  /** Merges at least one result, in order of time. */
  static LoadResult of(List<LoadResult> parts) {
    LoadResult first = parts.getFirst();
    return new LoadResult(
        first.start(),
        parts.getLast().finish(),
        parts.stream().map(LoadResult::elapsed).reduce(Duration.ZERO, Duration::plus),
        parts.stream()
            .map(LoadResult::ending)
            .filter(e -> e != Ending.COMPLETED)
            .findFirst()
            .orElse(Ending.COMPLETED),
        sum(parts, LoadResult::requestsSent),
        sum(parts, LoadResult::responses),
        sum(parts, LoadResult::responsesInTime),
        statuses(parts),
        sum(parts, LoadResult::mismatches),
        parts.stream()
            .map(LoadResult::mismatchExample)
            .filter(e -> !e.isEmpty())
            .findFirst()
            .orElse(""),
        errors(parts),
        sum(parts, LoadResult::resets),
        sum(parts, LoadResult::connectionsOpened),
        sum(parts, LoadResult::unsent),
        sum(parts, LoadResult::unanswered),
        sum(parts, LoadResult::bytesRead),
        sum(parts, LoadResult::bytesWritten),
        histogram(parts, LoadResult::latency),
        histogram(parts, LoadResult::serviceTime),
        histogram(parts, LoadResult::lateness),
        histogram(parts, LoadResult::connectionWait),
        histogram(parts, LoadResult::connectTime),
        histogram(parts, LoadResult::bodyBytes),
        samples(parts),
        generator(parts));
  }

  private static long sum(List<LoadResult> parts, ToLongFunction<LoadResult> count) {
    return parts.stream().mapToLong(count).sum();
  }

  private static SortedMap<Integer, Long> statuses(List<LoadResult> parts) {
    SortedMap<Integer, Long> merged = new TreeMap<>();
    parts.forEach(p -> p.statuses().forEach((status, n) -> merged.merge(status, n, Long::sum)));
    return merged;
  }

  private static Map<ErrorKind, Errors> errors(List<LoadResult> parts) {
    Map<ErrorKind, Errors> merged = new EnumMap<>(ErrorKind.class);
    for (LoadResult part : parts) {
      part.errors()
          .forEach(
              (kind, errors) ->
                  merged.merge(
                      kind, errors, (a, b) -> new Errors(a.count() + b.count(), a.example())));
    }
    return merged;
  }

  private static Histogram histogram(
      List<LoadResult> parts, Function<LoadResult, Histogram> which) {
    Histogram merged = new Histogram(3);
    merged.setAutoResize(true);
    parts.forEach(p -> merged.add(which.apply(p)));
    return merged;
  }

  private static List<Sample> samples(List<LoadResult> parts) {
    List<Sample> merged = new ArrayList<>();
    Duration before = Duration.ZERO;
    for (LoadResult part : parts) {
      for (Sample s : part.samples()) {
        merged.add(
            new Sample(
                before.plus(s.at()),
                s.length(),
                s.responses(),
                s.bytes(),
                s.errors(),
                s.p50Micros(),
                s.p99Micros(),
                s.maxMicros()));
      }
      before = before.plus(part.elapsed());
    }
    return List.copyOf(merged);
  }

  private static GeneratorUse generator(List<LoadResult> parts) {
    int loops = parts.stream().mapToInt(p -> p.generator().loopBusyShares().size()).min().orElse(0);
    double seconds = parts.stream().mapToDouble(p -> p.elapsed().toNanos()).sum();
    List<Double> shares =
        IntStream.range(0, loops)
            .mapToObj(
                i ->
                    parts.stream()
                            .mapToDouble(
                                p -> p.generator().loopBusyShares().get(i) * p.elapsed().toNanos())
                            .sum()
                        / Math.max(1, seconds))
            .toList();
    return new GeneratorUse(
        parts.getFirst().generator().transport(),
        shares,
        parts.stream().map(p -> p.generator().cpu()).reduce(Duration.ZERO, Duration::plus));
  }

  /** Merges at least one use, in order of time. */
  static TargetUse ofUses(List<TargetUse> parts) {
    Duration wall = Duration.ZERO;
    double rss = 0;
    List<UseSample> samples = new ArrayList<>();
    for (TargetUse part : parts) {
      for (UseSample s : part.samples()) {
        samples.add(new UseSample(wall.plus(s.at()), s.cpuPercent(), s.rssBytes()));
      }
      wall = wall.plus(part.wall());
      rss += (double) part.meanRssBytes() * part.wall().toNanos();
    }
    return new TargetUse(
        wall,
        parts.stream().map(TargetUse::cpu).reduce(Duration.ZERO, Duration::plus),
        Math.round(rss / Math.max(1, wall.toNanos())),
        parts.stream().mapToLong(TargetUse::maxRssBytes).max().orElse(0),
        parts.stream().mapToInt(TargetUse::processes).max().orElse(0),
        samples);
  }
}
