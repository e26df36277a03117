package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.measure.CeilingResult.Share;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CeilingSharesTest {
  private static final Optional<Run.Saturation> BUSY =
      Optional.of(
          new Run.Saturation("the load generator was saturated: these figures are a floor. Busy."));

  private static Row row(String name, Optional<Run.Saturation> saturation, Double... rounds) {
    return new Row(name, List.of(rounds), new Fixture().load(), Optional.empty(), saturation);
  }

  private static Row row(String name, Double... rounds) {
    return row(name, Optional.empty(), rounds);
  }

  @Test
  void the_share_is_of_rounds_in_pairs_so_that_drift_is_no_noise() {
    Share share =
        CeilingShares.of(row("qr", 100.0, 80.0, 60.1), row("hello", 10_000.0, 8_000.0, 6_000.0));
    Ratio ratio = share.share().orElseThrow();
    assertThat(ratio.estimate()).isCloseTo(0.01, within(1e-4));
    assertThat(ratio.high() - ratio.low()).isLessThan(1e-4);
    assertThat(share.atMost()).isFalse();
    assertThat(share.sentence()).startsWith("qr reaches 1 % of hello (95 % interval");
  }

  @Test
  void a_saturated_ceiling_makes_the_share_a_bound() {
    Share share = CeilingShares.of(row("qr", 100.0, 100.0), row("hello", BUSY, 1000.0, 1000.0));
    assertThat(share.atMost()).isTrue();
    assertThat(share.sentence()).contains("at most 10 %", "the ceiling may be higher");
  }

  @Test
  void a_generator_saturated_on_the_target_gives_no_share() {
    Share share = CeilingShares.of(row("qr", BUSY, 100.0), row("hello", BUSY, 1000.0));
    assertThat(share.share()).isEmpty();
    assertThat(share.sentence())
        .isEqualTo(
            "no share of the ceiling can be given: already on the target the load generator was"
                + " saturated: these figures are a floor. Busy.");
  }

  @Test
  void a_round_without_answers_gives_no_share() {
    assertThat(CeilingShares.of(row("qr", 0.0, 5.0), row("hello", 10.0, 10.0)).share()).isEmpty();
    assertThat(CeilingShares.of(row("qr", 5.0, 5.0), row("hello", 0.0, 0.0)).share()).isEmpty();
  }

  @Test
  void a_single_round_is_judged_by_its_samples() {
    Ratio ratio = CeilingShares.of(row("qr", 1.0), row("hello", 1.0)).share().orElseThrow();
    assertThat(ratio.estimate()).isEqualTo(1);
  }

  @Test
  void a_row_tells_median_and_spread() {
    Row row = row("x", 90.0, 100.0, 120.0);
    assertThat(row.requestsPerSecond()).isEqualTo(100);
    assertThat(row.spread()).isCloseTo(0.3, within(1e-9));
    assertThat(row("x", 90.0, 100.0).requestsPerSecond()).isEqualTo(95);
  }

  @Test
  void the_interval_of_three_rounds_covers_the_truth() {
    Random random = new Random(7);
    int covered = 0;
    for (int i = 0; i < 2000; i++) {
      double[] drift =
          IntStream.range(0, 3).mapToDouble(_ -> 1 + 0.3 * random.nextDouble()).toArray();
      Double[] target = new Double[3];
      Double[] hello = new Double[3];
      for (int r = 0; r < 3; r++) {
        target[r] = drift[r] * 100 * Math.exp(0.03 * random.nextGaussian());
        hello[r] = drift[r] * 1000 * Math.exp(0.03 * random.nextGaussian());
      }
      Ratio ratio = CeilingShares.ratio(row("t", target), row("h", hello)).orElseThrow();
      covered += ratio.low() <= 0.1 && 0.1 <= ratio.high() ? 1 : 0;
    }
    System.out.printf("share of three rounds: coverage %.1f %%%n", covered / 20.0);
    assertThat(covered).isBetween(1860, 1940);
  }
}
