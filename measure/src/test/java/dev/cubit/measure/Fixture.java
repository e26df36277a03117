package dev.cubit.measure;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.load.LoadResult.GeneratorUse;
import dev.cubit.load.LoadResult.Sample;
import dev.cubit.load.Request;
import dev.cubit.target.Machine;
import dev.cubit.target.TargetUse;
import dev.cubit.target.UseSample;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/** A run as a load generator would have given it; each test changes what it is about. */
final class Fixture {
  Instant start = Instant.parse("2026-11-23T07:14:56.123456Z");
  SortedMap<Integer, Long> statuses = new TreeMap<>(Map.of(200, 1000L));
  Map<ErrorKind, Errors> errors = new EnumMap<>(ErrorKind.class);
  long mismatches = 0;
  Histogram latency = micros(1000, 2000, 3000);
  Histogram lateness = micros();
  double busiestLoop = 0.3;
  double machineBusy = 0.40;
  Ending ending = Ending.COMPLETED;
  double[] throughput = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
  double[] medians = {};
  Duration interval = Duration.ofSeconds(1);
  String arrivals = "closed";
  int connections = 10;
  String url = "http://localhost:8080/?data=ciao";
  Optional<TargetUse> use = Optional.of(use(Duration.ofSeconds(5), 200_000_000));
  Optional<Run.Saturation> saturation = Optional.empty();
  Optional<Run.WarmUp> warmUp = Optional.empty();

  static Histogram micros(long... values) {
    Histogram histogram = new Histogram(1, 3_600_000_000L, 3);
    for (long value : values) {
      histogram.recordValue(value);
    }
    return histogram;
  }

  static TargetUse use(Duration cpu, long maxRss) {
    return new TargetUse(
        Duration.ofSeconds(10),
        cpu,
        maxRss / 2,
        maxRss,
        1,
        List.of(new UseSample(Duration.ofSeconds(1), 50, maxRss)));
  }

  static LoadPlan plan() {
    return LoadPlan.of(
        new Request(
            "GET", URI.create("http://localhost:8080"), "/", List.of(), new byte[0], List.of()));
  }

  Fixture throughput(double... perSecond) {
    throughput = perSecond;
    return this;
  }

  /** Noise of a coefficient of variation around a level. */
  static double[] noisy(RandomGenerator random, int n, double level, double variation, double phi) {
    double[] x = new double[n];
    double state = random.nextGaussian();
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(0.01 * level, level * (1 + variation * state));
      state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
    }
    return x;
  }

  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < throughput.length; i++) {
      long responses = Math.round(throughput[i] * interval.toNanos() / 1e9);
      long p50 = i < medians.length ? Math.round(medians[i]) : 2000;
      samples.add(
          new Sample(
              interval.multipliedBy(i + 1L),
              interval,
              responses,
              100 * responses,
              0,
              p50,
              3 * p50,
              9 * p50));
    }
    return samples;
  }

  LoadResult load() {
    long responses = statuses.values().stream().mapToLong(Long::longValue).sum();
    Duration elapsed = interval.multipliedBy(Math.max(1, throughput.length));
    return new LoadResult(
        start,
        start.plus(elapsed),
        elapsed,
        ending,
        responses,
        responses,
        responses,
        statuses,
        mismatches,
        mismatches > 0 ? "status 500" : "",
        errors,
        0,
        10,
        0,
        0,
        100_000,
        50_000,
        latency,
        micros(900, 1900),
        lateness,
        micros(),
        micros(150),
        micros(12, 12, 12),
        samples(),
        new GeneratorUse("epoll", List.of(busiestLoop / 2, busiestLoop), Duration.ofSeconds(2)));
  }

  Run run() {
    return new Run(
        "a-run",
        List.of("baseline", "-c", "10", url),
        new Run.Question(
            Optional.of("title with \"quotes\" and ü"),
            List.of(url),
            Optional.empty(),
            "HTTP/1.1",
            "GET",
            connections,
            1,
            0,
            Optional.of(Duration.ofSeconds(10)),
            Optional.empty(),
            arrivals,
            arrivals.equals("closed") ? Optional.empty() : Optional.of(100.5),
            Optional.empty(),
            Duration.ofSeconds(1)),
        load(),
        use.map(u -> new Run.TargetFacts("java -jar qr.jar", u)),
        warmUp,
        new Machine(2, "a CPU", 8L << 30, "Linux", "6.1", "Temurin 25"),
        machineBusy,
        saturation,
        Optional.of(new Run.CeilingShare(30_000, 0.003, true)));
  }
}
