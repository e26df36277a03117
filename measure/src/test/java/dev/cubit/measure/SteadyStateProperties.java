package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.measure.SteadyState.Verdict;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the detector is right, on made series of 30 s with four values a second. {@code early}
 * means that it said settled while the climb had more than 5 % to go. The error rates are printed.
 */
final class SteadyStateProperties {
  private static final int SERIES = 1000;
  private static final int VALUES = 120;

  /** What a shape gave. */
  private record Rates(double settled, double early, double medianSeconds, double p95Seconds) {}

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // shape, noise; settled at least, early at most, median seconds at most
    "flat, 0.01, 1.00, 0, 6",
    "flat, 0.05, 0.99, 0, 8",
    "flat, 0.10, 0.99, 0, 10",
    "flat, 0.20, 0.75, 0, 25",
    "sawtooth of 1 s by 30 %, 0.05, 0.99, 0, 8",
    "sawtooth of 2 s by 30 %, 0.05, 0.98, 0, 16",
    "exponential climb from 30 % in 1 s, 0.03, 0.99, 0.001, 12",
    "exponential climb from 50 % in 2 s, 0.03, 0.99, 0.001, 14",
    "exponential climb from 50 % in 4 s, 0.03, 0.95, 0.01, 24",
    "exponential climb from 50 % in 4 s, 0.10, 0.90, 0.10, 20",
    "line from 50 % in 10 s, 0.03, 0.99, 0.001, 20",
    "line from 50 % in 10 s, 0.10, 0.95, 0.02, 22",
    "step from 60 % at 2 s, 0.05, 0.99, 0.001, 12",
    "step from 60 % at 4 s, 0.05, 0.99, 0.01, 14",
    "two climbs with a plateau of 2 s, 0.05, 0.98, 0.001, 14",
    "nothing, 0, 0, 0, 30",
    // what it cannot see, so that the rates are known; nothing is promised
    "line from 70 % in 20 s, 0.03, 0, 1, 30",
    "line from 70 % in 20 s, 0.10, 0, 1, 30",
    "exponential climb from 50 % in 8 s, 0.05, 0, 1, 30",
    "step from 60 % at 6 s, 0.05, 0, 1, 30"
  })
  void tells_a_steady_series_from_a_climb(
      String shape, double noise, double settled, double early, double medianSeconds) {
    long seed = 20261123;
    Rates rates = rates(shape, noise, seed);
    System.out.printf(
        "%-40s noise %2.0f %%: settled %5.1f %%, early %4.1f %%, median %4.1f s, p95 %4.1f s%n",
        shape,
        100 * noise,
        100 * rates.settled,
        100 * rates.early,
        rates.medianSeconds,
        rates.p95Seconds);
    assertThat(rates.settled).as("settled, seed %d", seed).isGreaterThanOrEqualTo(settled);
    assertThat(rates.early).as("early, seed %d", seed).isLessThanOrEqualTo(early);
    assertThat(rates.medianSeconds).isLessThanOrEqualTo(medianSeconds);
  }

  private static Rates rates(String shape, double noise, long seed) {
    Random random = new Random(seed);
    DoubleUnaryOperator level = level(shape);
    int settled = 0;
    int early = 0;
    double[] seconds = new double[SERIES];
    for (int i = 0; i < SERIES; i++) {
      double shift = shape.startsWith("saw") ? random.nextDouble() * 10 : 0;
      SteadyState state = new SteadyState(VALUES);
      Verdict verdict = Verdict.NOT_YET;
      int n = 0;
      while (verdict == Verdict.NOT_YET) {
        double at = (n + 0.5) / 4;
        verdict =
            state.offer(
                1000 * level.applyAsDouble(at + shift) * (1 + noise * random.nextGaussian()));
        n++;
      }
      seconds[i] = n / 4.0;
      if (verdict == Verdict.SETTLED) {
        settled++;
        early += !shape.startsWith("saw") && level.applyAsDouble(n / 4.0) < 0.95 ? 1 : 0;
      }
    }
    Arrays.sort(seconds);
    return new Rates(
        (double) settled / SERIES,
        (double) early / SERIES,
        seconds[SERIES / 2],
        seconds[SERIES * 95 / 100]);
  }

  private static DoubleUnaryOperator level(String shape) {
    return switch (shape) {
      case "flat" -> _ -> 1;
      case "nothing" -> _ -> 0;
      case "sawtooth of 1 s by 30 %" -> t -> 1 - 0.3 * (t % 1);
      case "sawtooth of 2 s by 30 %" -> t -> 1 - 0.15 * (t % 2);
      case "exponential climb from 30 % in 1 s" -> t -> 1 - 0.7 * Math.exp(-t);
      case "exponential climb from 50 % in 2 s" -> t -> 1 - 0.5 * Math.exp(-t / 2);
      case "exponential climb from 50 % in 4 s" -> t -> 1 - 0.5 * Math.exp(-t / 4);
      case "line from 50 % in 10 s" -> t -> Math.min(1, 0.5 + t / 20);
      case "line from 70 % in 20 s" -> t -> Math.min(1, 0.7 + 0.3 * t / 20);
      case "exponential climb from 50 % in 8 s" -> t -> 1 - 0.5 * Math.exp(-t / 8);
      case "step from 60 % at 6 s" -> t -> t < 6 ? 0.6 : 1;
      case "step from 60 % at 2 s" -> t -> t < 2 ? 0.6 : 1;
      case "step from 60 % at 4 s" -> t -> t < 4 ? 0.6 : 1;
      case "two climbs with a plateau of 2 s" ->
          t -> t < 2.5 ? 0.5 * (1 - 0.8 * Math.exp(-2 * t)) : 1 - 0.5 * Math.exp(2.5 - t);
      default -> throw new IllegalArgumentException(shape);
    };
  }

  @Property(tries = 300)
  void always_ends_by_its_bound(
      @ForAll @IntRange(min = 1, max = 200) int bound, @ForAll long seed) {
    Random random = new Random(seed);
    SteadyState state = new SteadyState(bound);
    int n = 1;
    while (state.offer(random.nextDouble() * 1000) == Verdict.NOT_YET) {
      n++;
    }
    assertThat(n).isLessThanOrEqualTo(bound);
  }

  @Property(tries = 200)
  void does_not_depend_on_the_unit(@ForAll long seed, @ForAll @IntRange(max = 40) int exponent) {
    Random random = new Random(seed);
    double unit = Math.scalb(1.0, exponent - 20); // a power of two: exact
    SteadyState a = new SteadyState(100);
    SteadyState b = new SteadyState(100);
    for (int i = 0; i < 100; i++) {
      double value = 100 + 20 * random.nextGaussian();
      assertThat(a.offer(value)).isEqualTo(b.offer(unit * value));
    }
  }

  @Property(tries = 300)
  void the_trend_of_a_reversed_series_is_the_opposite(
      @ForAll double @Size(min = 2, max = 30) [] series) {
    double[] reversed = new double[series.length];
    for (int i = 0; i < series.length; i++) {
      reversed[i] = series[series.length - 1 - i];
    }
    assertThat(Trend.mannKendall(reversed)).isEqualTo(0.0 - Trend.mannKendall(series));
  }
}
