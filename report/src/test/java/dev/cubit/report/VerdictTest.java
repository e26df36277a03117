package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.measure.Run;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void without_a_goal_the_figures_are_the_verdict() {
    assertThat(Verdict.of(new Example().run(), List.of()))
        .isEqualTo(
            new Verdict(
                Verdict.Kind.NEUTRAL,
                "5,422 requests a second, p50 2.01 ms, p99 5.72 ms, no failures"));
  }

  @Test
  void a_missed_goal_comes_first() {
    Verdict verdict = Verdict.of(new Example().run(), Example.goals());

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.BAD);
    assertThat(verdict.sentence()).startsWith("1 of 2 goals missed: ");
  }

  @Test
  void held_goals_are_good() {
    Verdict verdict = Verdict.of(new Example().run(), Example.goals().subList(0, 1));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.GOOD);
    assertThat(verdict.sentence()).startsWith("The goal holds: ");
  }

  @Test
  void a_run_that_got_no_answer_says_why_whatever_its_percentiles_are() {
    assertThat(Verdict.of(Example.dead().run(), List.of()))
        .isEqualTo(
            new Verdict(
                Verdict.Kind.BAD,
                "Nothing was answered: no answer from localhost:8080 within 10 s"));
  }

  @Test
  void figures_of_a_saturated_generator_are_a_floor() {
    Example example = new Example();
    example.saturation = Optional.of(new Run.Saturation("so"));

    assertThat(Verdict.of(example.run(), List.of()).sentence()).startsWith("At least 5,422");
  }

  @Test
  void failures_are_a_share_of_what_ended() {
    Example example = new Example();
    example.errors.put(ErrorKind.CLOSED, new Errors(54_300, "gone"));

    assertThat(Verdict.of(example.run(), List.of()).sentence()).endsWith("50 % failed");
  }
}
