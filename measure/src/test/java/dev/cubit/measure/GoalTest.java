package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Errors;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoalTest {
  private final Fixture fixture = new Fixture();

  @ParameterizedTest
  @CsvSource({
    "p50<2.1ms, true",
    "p50<2ms, false",
    "p50 <= 2.001 ms, true",
    "p99<2999us, false",
    "P99<3.1MS, true",
    "p97_5<3.1, true",
    "p100<=0.004s, true",
    "mean>1999us, true",
    "mean<1500us, false",
    "max<1s, true",
    "max<3ms, false",
    "rps>=100, true",
    "rps>100, false",
    "rps<101/s, true",
    "rss<201MB, true",
    "rss<200MB, false",
    "rss<190MiB, false",
    "rss<191MiB, true",
    "rss<1GB, true",
    "rss<1, false",
    "cpu<=50%, true",
    "cpu<50, false",
    "errors<=0, true",
    "errors<0.1%, true",
    "non2xx<1, true",
    "errors>0, false"
  })
  void holds_where_the_figure_is_within_the_bound(String text, boolean held) throws Exception {
    assertThat(Goal.parse(text).check(fixture.run()).held()).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p99",
        "p99=5",
        "p99<",
        "<5",
        "p0<5ms",
        "p101<5",
        "p99<5kg",
        "p99<-5ms",
        "rps>10%",
        "q99<5ms",
        "errors<5ms",
        "p99<5ms<6ms",
        "p99<1e5",
        "p99 < NaN",
        "rss<5m",
        "p99<5 ms x",
        "p99<99999999999999999999999999",
        "p1234<5",
        "p9.<5",
        "non2xx<5s",
        "p99 <5ms\n"
      })
  void refuses_what_is_no_goal_and_says_what_is_one(String text) {
    if (text.endsWith("\n")) {
      return; // white space around a goal does no harm
    }
    assertThatThrownBy(() -> Goal.parse(text))
        .isInstanceOf(MeasureException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("Examples: p99<50ms");
  }

  @Test
  void an_unknown_metric_is_answered_with_those_that_there_are() {
    assertThatThrownBy(() -> Goal.parse("latency<5ms"))
        .hasMessageContaining("p99.9")
        .hasMessageContaining("errors, non2xx, rps, rss and cpu");
  }

  @Test
  void an_unknown_unit_is_answered_with_those_that_fit() {
    assertThatThrownBy(() -> Goal.parse("p99<5min")).hasMessageContaining("us, ms or s");
  }

  @Test
  void errors_are_failures_and_the_larger_of_mismatches_and_5xx() throws Exception {
    fixture.statuses = new TreeMap<>(Map.of(200, 900L, 404, 50L, 500, 40L));
    fixture.mismatches = 30;
    fixture.errors.put(ErrorKind.TIMEOUT, new Errors(10, "no answer in 10 s"));
    Run run = fixture.run();
    assertThat(Goal.parse("errors<=50").check(run).held()).isTrue();
    assertThat(Goal.parse("errors<50").check(run).held()).isFalse();
    assertThat(Goal.parse("errors<=5%").check(run)).returns(true, Goal.Outcome::held);
    assertThat(Goal.parse("errors<5%").check(run).measured()).isEqualTo("50 of 1000, 5 %");
    assertThat(Goal.parse("non2xx<=90").check(run).held()).isTrue();
    assertThat(Goal.parse("non2xx<90").check(run).held()).isFalse();
  }

  @Test
  void a_goal_on_the_process_is_not_held_without_one_and_says_why() throws Exception {
    fixture.use = Optional.empty();
    Goal.Outcome outcome = Goal.parse("rss<1GB").check(fixture.run());
    assertThat(outcome.held()).isFalse();
    assertThat(outcome.measured()).contains("not known").contains("no process");
  }

  @Test
  void a_run_in_which_nothing_ended_holds_no_goal_on_latency_or_errors() throws Exception {
    fixture.statuses = new TreeMap<>();
    fixture.latency = Fixture.micros();
    assertThat(Goal.parse("p99<1s").check(fixture.run()).held()).isFalse();
    assertThat(Goal.parse("errors<1%").check(fixture.run()).held()).isFalse();
    assertThat(Goal.parse("rps<1").check(fixture.run()).held()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "rps>50, true, false",
    "rps>500, false, true",
    "rps<500, false, true",
    "rps<50, false, false",
    "p99<10ms, true, false",
    "p99<1ms, false, true",
    "p99>1ms, false, true",
    "p99>10ms, false, false",
    "cpu<80, false, true",
    "cpu>20, true, false",
    "errors<1%, true, false",
    "errors>1%, false, false"
  })
  void a_saturated_generator_leaves_only_what_a_floor_can_prove(
      String text, boolean held, boolean unjudged) throws Exception {
    fixture.saturation = Optional.of(new Run.Saturation("busy"));
    Goal.Outcome outcome = Goal.parse(text).check(fixture.run());
    assertThat(outcome.held()).isEqualTo(held);
    assertThat(outcome.measured().startsWith("not judged: the load generator was saturated"))
        .isEqualTo(unjudged);
  }
}
