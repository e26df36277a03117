package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.measure.SteadyState.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SteadyStateTest {
  @Test
  void a_flat_series_settles_once_there_are_values_enough() {
    SteadyState state = new SteadyState(120);
    int values = 1;
    while (state.offer(1000) == Verdict.NOT_YET) {
      values++;
    }
    assertThat(values).isEqualTo(22);
    assertThat(state.offer(0)).isEqualTo(Verdict.SETTLED);
  }

  @Test
  void a_target_that_answers_nothing_never_settles() {
    SteadyState state = SteadyState.within(Duration.ofSeconds(30));
    for (int i = 1; i < 120; i++) {
      assertThat(state.offer(0)).isEqualTo(Verdict.NOT_YET);
    }
    assertThat(state.offer(0)).isEqualTo(Verdict.GAVE_UP);
    assertThat(state.offer(1000)).isEqualTo(Verdict.GAVE_UP);
  }

  @Test
  void a_bound_shorter_than_the_window_gives_up_in_time() {
    SteadyState state = SteadyState.within(Duration.ofMillis(1));
    assertThat(state.offer(5)).isEqualTo(Verdict.GAVE_UP);
    assertThatThrownBy(() -> new SteadyState(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void values_that_are_no_numbers_do_no_harm() {
    SteadyState state = new SteadyState(40);
    for (int i = 0; i < 39; i++) {
      assertThat(state.offer(i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY))
          .isEqualTo(Verdict.NOT_YET);
    }
    assertThat(state.offer(1)).isEqualTo(Verdict.GAVE_UP);
  }

  @Test
  void a_very_long_wait_stays_cheap() {
    SteadyState state = new SteadyState(20_000);
    Verdict verdict = Verdict.NOT_YET;
    for (int i = 0; i < 20_000; i++) {
      verdict = state.offer(Math.exp(0.02 * i));
    }
    assertThat(verdict).isEqualTo(Verdict.GAVE_UP);
  }
}
