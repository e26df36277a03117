package dev.cubit.diagnose.bubble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SlicesProperties {
  private static final long LENGTH = 7_777_777_777L;

  @Property
  void what_is_inside_of_the_recording_is_counted_and_nothing_else(
      @ForAll @LongRange(min = -3_000_000_000L, max = 9_000_000_000L) long at,
      @ForAll @LongRange(min = 0, max = 12_000_000_000L) long nanos,
      @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long from) {
    Slices slices = new Slices(from, LENGTH, Bubbles.SLICES);
    double[] into = slices.none();

    slices.add(from + at, nanos, 1, into);

    double inside = Math.max(0, Math.min(LENGTH, at + nanos) - Math.max(0, at)) / 1e9;
    assertThat(Slices.sum(into)).isCloseTo(inside, within(1e-6));
    for (double seconds : into) {
      assertThat(seconds).isBetween(0.0, slices.seconds() + 1e-9);
    }
    assertThat(slices.of(from + at)).isBetween(0, Bubbles.SLICES - 1);
  }
}
