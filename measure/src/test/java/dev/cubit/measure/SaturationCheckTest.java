package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.LoadPlan;
import dev.cubit.load.Pace;
import org.junit.jupiter.api.Test;

final class SaturationCheckTest {
  private static final String FLOOR = "the load generator was saturated: these figures are a floor";

  private final Fixture fixture = new Fixture();
  private final LoadPlan closed = Fixture.plan();
  private final LoadPlan open = Fixture.plan().with(new Pace.AtRate(1000, Pace.Arrivals.CONSTANT));

  @Test
  void a_loop_with_time_to_spare_is_not_saturated() {
    fixture.busiestLoop = 0.90;
    assertThat(SaturationCheck.of(fixture.load(), closed)).isEmpty();
  }

  @Test
  void a_busy_loop_is_named_with_its_share_the_threshold_and_what_to_do() {
    fixture.busiestLoop = 0.973;
    assertThat(SaturationCheck.of(fixture.load(), closed).orElseThrow().reason())
        .startsWith(FLOOR)
        .contains("97.3 %", "90 %", "of its own");
  }

  @Test
  void requests_sent_late_are_the_generators_fault_in_the_open_model() {
    fixture.lateness = Fixture.micros(10, 20, 1500);
    assertThat(SaturationCheck.of(fixture.load(), open).orElseThrow().reason())
        .startsWith(FLOOR)
        .contains("1.5 ms", "lower the rate");
    assertThat(SaturationCheck.of(fixture.load(), closed)).isEmpty();
  }

  @Test
  void lateness_below_a_millisecond_or_a_twentieth_of_latency_is_let_pass() {
    fixture.lateness = Fixture.micros(900);
    assertThat(SaturationCheck.of(fixture.load(), open)).isEmpty();
    fixture.lateness = Fixture.micros(40_000);
    fixture.latency = Fixture.micros(1_000_000);
    assertThat(SaturationCheck.of(fixture.load(), open)).isEmpty();
    fixture.lateness = Fixture.micros(60_000);
    assertThat(SaturationCheck.of(fixture.load(), open)).isPresent();
  }
}
