package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.load.LoadResult.Ending;
import dev.cubit.measure.Comparison.Basis;
import dev.cubit.measure.Comparison.Verdict;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private final Random random = new Random(42);
  private final Fixture a = new Fixture().throughput(around(1000));
  private final Fixture b = new Fixture().throughput(around(1000));

  private double[] around(double level) {
    return Fixture.noisy(random, 30, level, 0.02, 0.3);
  }

  private Comparison compare() {
    return Comparison.of(a.run().named("one"), b.run().named("two"));
  }

  @Test
  void two_runs_of_one_target_are_the_same_and_what_could_have_been_seen_is_told() {
    Comparison comparison = compare();
    assertThat(comparison.verdict()).isEqualTo(Verdict.SAME);
    assertThat(comparison.basis()).isEqualTo(Basis.THROUGHPUT);
    assertThat(comparison.throughput().orElseThrow().halfWidth()).isBetween(0.001, 0.05);
    assertThat(comparison.sentence())
        .startsWith("B is the same as A as far as can be seen: throughput")
        .contains("could not have been seen");
    assertThat(comparison.warnings()).isEmpty();
    assertThat(comparison.a().name()).isEqualTo("one");
    assertThat(comparison.b().samples()).isEqualTo(29);
  }

  @Test
  void more_throughput_is_faster_and_less_is_slower() {
    b.throughput(around(1200));
    assertThat(compare().verdict()).isEqualTo(Verdict.FASTER);
    assertThat(compare().sentence()).startsWith("B is faster than A: throughput +");
    b.throughput(around(800));
    assertThat(compare().verdict()).isEqualTo(Verdict.SLOWER);
    assertThat(compare().sentence()).startsWith("B is slower than A: throughput -");
  }

  @Test
  void with_a_fixed_rate_latency_decides() {
    a.arrivals = "poisson";
    b.arrivals = "poisson";
    a.medians = around(2000);
    b.medians = around(2600);
    Comparison comparison = compare();
    assertThat(comparison.basis()).isEqualTo(Basis.LATENCY);
    assertThat(comparison.verdict()).isEqualTo(Verdict.SLOWER);
    assertThat(comparison.sentence()).contains("latency +");
    assertThat(comparison.failIfSlower(20).failed()).isTrue();
    assertThat(comparison.failIfSlower(40).failed()).isFalse();
    b.medians = around(1500);
    assertThat(compare().verdict()).isEqualTo(Verdict.FASTER);
  }

  @Test
  void a_saturated_generator_is_not_judged() {
    b.throughput(around(2000));
    b.saturation = Optional.of(new Run.Saturation("busy"));
    Comparison comparison = compare();
    assertThat(comparison.verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(comparison.sentence())
        .startsWith("not judged: in B (two) the load generator was saturated");
    assertThat(comparison.failIfSlower(5)).returns(true, Comparison.Gate::failed);
  }

  @Test
  void too_few_samples_are_not_judged() {
    b.throughput(100, 100, 100, 100, 100);
    assertThat(compare().verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(compare().sentence()).contains("B (two) has 4 whole samples", "5 are needed");
    b.throughput(100, 100, 100, 100, 100, 100);
    assertThat(compare().verdict()).isNotEqualTo(Verdict.NOT_JUDGED);
  }

  @Test
  void a_run_without_responses_is_not_judged() {
    b.throughput(new double[30]);
    b.statuses.clear();
    assertThat(compare().sentence()).isEqualTo("not judged: B (two) got no response");
  }

  @Test
  void what_differs_in_the_question_is_warned_of() {
    b.connections = 20;
    b.url = "http://localhost:9090/?data=other";
    b.ending = Ending.BAILED_OUT;
    b.arrivals = "constant";
    assertThat(compare().warnings())
        .anyMatch(w -> w.contains("connections: 10 in A, 20 in B"))
        .anyMatch(w -> w.contains("paths: /?data=ciao in A, /?data=other in B"))
        .anyMatch(
            w -> w.contains("overall rate: none in A, 100 in B") || w.contains("overall rate"))
        .anyMatch(w -> w.contains("arrivals"))
        .anyMatch(w -> w.contains("B did not run to its end: it bailed out"));
  }

  @Test
  void another_port_is_where_the_target_is_and_no_difference() {
    b.url = "http://127.0.0.1:43210/?data=ciao";
    assertThat(compare().warnings()).isEmpty();
  }

  @Test
  void what_other_programs_took_of_the_machine_is_warned_of() {
    b.machineBusy = 0.99; // of 2 cores for 10 s; the target had 5 s and Cubit 2 s
    assertThat(b.run().othersBusy().orElseThrow()).isCloseTo(0.64, within(1e-9));
    assertThat(compare().warnings())
        .containsExactly(
            "during B other programs used 64 % of the machine: the difference may be theirs");
    b.use = Optional.empty();
    assertThat(b.run().othersBusy()).isEmpty();
  }

  @Test
  void series_too_unsteady_to_see_anything_are_called_so() {
    a.throughput(100, 1, 1, 1, 1, 1000, 1000, 1000, 1000);
    b.throughput(100, 1000, 1000, 1000, 1, 1, 1, 1, 1);
    assertThat(compare().sentence()).startsWith("nothing can be said").contains("measure longer");
  }

  @Test
  void many_failures_are_warned_of() {
    b.statuses.put(503, 500L);
    assertThat(compare().warnings()).anyMatch(w -> w.contains("more than 1 % of the requests"));
  }

  @Test
  void the_gate_fails_only_beyond_its_bound() {
    b.throughput(around(930));
    assertThat(compare().failIfSlower(5).failed()).isTrue();
    assertThat(compare().failIfSlower(5).sentence()).contains("more than 5 %");
    assertThat(compare().failIfSlower(10).failed()).isFalse();
    b.throughput(around(1100));
    assertThat(compare().failIfSlower(0).failed()).isFalse();
    assertThatThrownBy(() -> compare().failIfSlower(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_gate_does_not_fail_on_noise() {
    a.throughput(Fixture.noisy(random, 8, 1000, 0.5, 0));
    b.throughput(Fixture.noisy(random, 8, 900, 0.5, 0));
    Comparison comparison = compare();
    assertThat(comparison.verdict()).isEqualTo(Verdict.SAME);
    assertThat(comparison.failIfSlower(1).failed()).isFalse();
  }

  @Test
  void a_comparison_is_a_pure_function() {
    assertThat(compare()).isEqualTo(compare());
  }

  @Test
  void swapped_runs_swap_the_verdict() {
    for (int i = 0; i < 200; i++) {
      a.throughput(around(1000));
      b.throughput(around(1000 + 10 * (i % 10)));
      Verdict there = compare().verdict();
      Verdict back = Comparison.of(b.run(), a.run()).verdict();
      assertThat(back)
          .isEqualTo(
              switch (there) {
                case FASTER -> Verdict.SLOWER;
                case SLOWER -> Verdict.FASTER;
                default -> there;
              });
    }
  }
}
