package dev.cubit.scale.clone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class BackOffProperties {
  private static final Patience PATIENCE =
      new Patience(
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          20,
          Duration.ofSeconds(1));

  @Property
  void the_nth_pause_is_below_its_bound(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 19) int n) {
    BackOff backOff = new BackOff(PATIENCE, new SplittableRandom(seed));
    Optional<Duration> pause = Optional.empty();
    for (int i = 0; i < n; i++) {
      pause = backOff.died(Duration.ZERO);
    }
    long bound = Math.min(100L << (n - 1), 5_000);
    assertThat(pause.orElseThrow()).isBetween(Duration.ZERO, Duration.ofMillis(bound));
  }

  @Property
  void pauses_are_spread_over_all_that_is_allowed(
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double share) {
    BackOff backOff = new BackOff(PATIENCE, () -> (long) (share * 0x1.0p53) << 11);
    backOff.died(Duration.ZERO);
    backOff.died(Duration.ZERO);
    assertThat(backOff.died(Duration.ZERO).orElseThrow().toNanos() / 400e6)
        .isCloseTo(share, org.assertj.core.data.Offset.offset(1e-6));
  }

  @Example
  void too_many_deaths_in_a_row_are_the_last() {
    BackOff backOff = new BackOff(PATIENCE, new SplittableRandom(1));
    for (int i = 1; i < 20; i++) {
      assertThat(backOff.died(Duration.ofSeconds(9))).isPresent();
    }
    assertThat(backOff.died(Duration.ofSeconds(9))).isEmpty();
    backOff.forget();
    assertThat(backOff.died(Duration.ofSeconds(9)).orElseThrow())
        .isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Example
  void one_that_has_lived_for_a_while_begins_anew() {
    BackOff backOff = new BackOff(PATIENCE, new SplittableRandom(1));
    for (int i = 0; i < 1_000; i++) {
      assertThat(backOff.died(Duration.ofSeconds(10)).orElseThrow())
          .isLessThanOrEqualTo(Duration.ofMillis(100));
    }
  }
}
