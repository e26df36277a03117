package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;

final class GoalProperties {
  private final Run run = new Fixture().run();

  @Property
  void any_text_is_a_goal_or_refused_with_a_sentence(@ForAll @StringLength(max = 30) String text) {
    try {
      assertThat(Goal.parse(text).check(run).measured()).isNotEmpty();
    } catch (MeasureException e) {
      assertThat(e.getMessage()).contains("cannot be read");
    }
  }

  @Property
  void a_bound_and_its_opposite_never_hold_both(
      @ForAll @Scale(4) @DoubleRange(min = 0.0001, max = 100) double percent,
      @ForAll @IntRange(max = 5_000) int micros)
      throws MeasureException {
    String metric = String.format(Locale.ROOT, "p%.4f", percent);
    boolean less = Goal.parse(metric + "<" + micros + "us").check(run).held();
    boolean atLeast = Goal.parse(metric + ">=" + micros + "us").check(run).held();
    assertThat(less).isNotEqualTo(atLeast);
  }

  @Property
  void units_of_time_are_one_scale(@ForAll @IntRange(max = 10_000) int millis)
      throws MeasureException {
    assertThat(Goal.parse("max<" + millis + "ms").check(run).held())
        .isEqualTo(Goal.parse("max<" + millis + "000us").check(run).held())
        .isEqualTo(
            Goal.parse(String.format(Locale.ROOT, "max<%.3fs", millis / 1e3)).check(run).held());
  }
}
