package dev.cubit.report;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.load.LoadResult.GeneratorUse;
import dev.cubit.load.LoadResult.Sample;
import dev.cubit.measure.Goal;
import dev.cubit.measure.Run;
import dev.cubit.target.Machine;
import dev.cubit.target.TargetUse;
import dev.cubit.target.UseSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/** A run as a load generator would have given it; each test changes what it is about. */
final class Example {
  String name = "2026-11-23T07-14-56";
  List<String> command = List.of("baseline", "-c", "200", "--on-port", "/?data=ciao");
  Optional<String> title = Optional.empty();
  List<String> urls = List.of("http://localhost:8080/?data=ciao");
  Optional<String> socketPath = Optional.empty();
  Instant start = Instant.parse("2026-11-23T07:14:56.123456Z");
  Duration elapsed = Duration.ofMillis(10_014);
  Duration interval = Duration.ofSeconds(1);
  Ending ending = Ending.COMPLETED;
  long sent = 54_321;
  SortedMap<Integer, Long> statuses = new TreeMap<>(Map.of(200, 54_300L));
  long mismatches = 0;
  String mismatchExample = "";
  Map<ErrorKind, Errors> errors = new EnumMap<>(ErrorKind.class);
  long resets = 0;
  long unsent = 0;
  long unanswered = 0;
  long bytes = 9_650_000;
  Histogram latency = spread(1, 50_000, 2_000);
  Histogram serviceTime = spread(1, 50_000, 2_000);
  Histogram lateness = micros();
  Histogram connectionWait = micros();
  List<Sample> samples = samples(10, 5_430);
  String arrivals = "closed";
  Optional<Double> overallRate = Optional.empty();
  int pipelining = 1;
  int workers = 0;
  Optional<TargetUse> use = Optional.of(use(10));
  String targetCommand = "java -jar qr.jar";
  Optional<Run.WarmUp> warmUp = Optional.empty();
  double machineBusy = 0.83;
  GeneratorUse generator =
      new GeneratorUse("io_uring", List.of(0.41, 0.38), Duration.ofMillis(8100));
  Optional<Run.Saturation> saturation = Optional.empty();
  Optional<Run.CeilingShare> ceiling = Optional.empty();

  /** The open model, with a stall that only latency from the intended start shows. */
  Example open(double rate) {
    arrivals = "constant";
    overallRate = Optional.of(rate);
    latency = spread(2, 50_000, 2_600);
    for (int i = 0; i < 700; i++) {
      latency.recordValue(200_000 + 1_000L * i);
    }
    lateness = spread(3, 50_000, 20);
    connectionWait = spread(4, 800, 90_000);
    return this;
  }

  static Histogram micros(long... values) {
    Histogram histogram = new Histogram(1, 3_600_000_000L, 3);
    for (long value : values) {
      histogram.recordValue(value);
    }
    return histogram;
  }

  /** Log-normal around a median. */
  static Histogram spread(long seed, int count, double median) {
    RandomGenerator random = new SplittableRandom(seed);
    Histogram histogram = micros();
    for (int i = 0; i < count; i++) {
      histogram.recordValue(
          Math.clamp(
              Math.round(median * Math.exp(0.45 * random.nextGaussian())), 1, 3_600_000_000L));
    }
    return histogram;
  }

  static List<Sample> samples(int count, long responses) {
    RandomGenerator random = new SplittableRandom(5);
    List<Sample> samples = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long now = Math.round(responses * (0.93 + 0.14 * random.nextDouble()));
      long p50 = Math.round(2_000 * (0.9 + 0.2 * random.nextDouble()));
      samples.add(
          new Sample(
              Duration.ofSeconds(i),
              Duration.ofSeconds(1),
              now,
              178 * now,
              i == 4 ? 12 : 0,
              p50,
              3 * p50,
              9 * p50));
    }
    return samples;
  }

  static TargetUse use(int seconds) {
    List<UseSample> samples = new ArrayList<>();
    for (int i = 1; i <= seconds; i++) {
      samples.add(
          new UseSample(
              Duration.ofSeconds(i), 90 + i % 7, 180_000_000L + 4_000_000L * Math.min(i, 30)));
    }
    return new TargetUse(
        Duration.ofSeconds(10), Duration.ofMillis(9_400), 201_000_000, 220_000_000, 1, samples);
  }

  LoadResult load() {
    long responses = statuses.values().stream().mapToLong(Long::longValue).sum();
    return new LoadResult(
        start,
        start.plus(elapsed),
        elapsed,
        ending,
        sent,
        responses,
        responses,
        statuses,
        mismatches,
        mismatchExample,
        errors,
        resets,
        200,
        unsent,
        unanswered,
        bytes,
        4_000_000,
        latency,
        serviceTime,
        lateness,
        connectionWait,
        micros(150, 170, 420),
        micros(412, 412, 412),
        samples,
        generator);
  }

  Run run() {
    return new Run(
        name,
        command,
        new Run.Question(
            title,
            urls,
            socketPath,
            "HTTP/1.1",
            "GET",
            200,
            pipelining,
            workers,
            Optional.of(Duration.ofSeconds(10)),
            Optional.empty(),
            arrivals,
            overallRate,
            Optional.empty(),
            interval),
        load(),
        use.map(u -> new Run.TargetFacts(targetCommand, u)),
        warmUp,
        new Machine(
            2,
            "Example CPU @ 2.40GHz",
            8L << 30,
            "Debian GNU/Linux 12",
            "Linux 6.1.0",
            "Eclipse Adoptium 25.0.1"),
        machineBusy,
        saturation,
        ceiling);
  }

  /** Nothing answered: all timed out. */
  static Example dead() {
    Example example = new Example();
    example.statuses = new TreeMap<>();
    example.errors.put(
        ErrorKind.TIMEOUT, new Errors(400, "no answer from localhost:8080 within 10 s"));
    example.sent = 400;
    example.bytes = 0;
    example.serviceTime = micros();
    example.latency = micros(10_000_000, 10_000_000, 10_001_000);
    example.samples =
        samples(10, 0).stream()
            .map(s -> new Sample(s.at(), s.length(), 0, 0, 40, 10_000_000, 10_000_000, 10_001_000))
            .toList();
    return example;
  }

  /** Not even a connection: no figure at all. */
  static Example empty() {
    Example example = new Example();
    example.statuses = new TreeMap<>();
    example.errors.put(
        ErrorKind.CONNECT, new Errors(1, "connection refused: localhost/127.0.0.1:1"));
    example.sent = 0;
    example.bytes = 0;
    example.elapsed = Duration.ZERO;
    example.latency = micros();
    example.serviceTime = micros();
    example.samples = List.of();
    example.use = Optional.empty();
    example.ending = Ending.TARGET_LOST;
    example.generator = new GeneratorUse("nio", List.of(), Duration.ZERO);
    return example;
  }

  static List<Goal.Outcome> goals() {
    return List.of(
        new Goal.Outcome(new Goal("p99<50ms"), true, "5.7 ms"),
        new Goal.Outcome(new Goal("rps>6000"), false, "5422 requests/s"));
  }
}
