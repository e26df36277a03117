package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class ScheduleProperties {
  private static List<Long> starts(Pace.AtRate pace, int loops, int each) {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < loops; i++) {
      Schedule schedule = Schedule.of(pace, 1_000, i, loops, 42);
      for (int n = 0; n < each; n++) {
        all.add(schedule.next());
        schedule.advance();
      }
    }
    all.sort(null);
    return all;
  }

  @Property
  void loops_together_make_one_even_stream(
      @ForAll @DoubleRange(min = 0.1, max = 1_000_000) double rate,
      @ForAll @IntRange(min = 1, max = 8) int loops) {
    List<Long> starts = starts(new Pace.AtRate(rate, Pace.Arrivals.CONSTANT), loops, 50);
    for (int n = 0; n < starts.size(); n++) {
      assertThat((double) starts.get(n)).isCloseTo(1_000 + n * 1e9 / rate, within(2.0));
    }
  }

  @Property(tries = 100)
  void poisson_arrivals_keep_the_rate_and_vary_as_exponential_gaps_do(
      @ForAll @DoubleRange(min = 1, max = 100_000) double rate,
      @ForAll @IntRange(min = 1, max = 4) int loops) {
    Pace.AtRate pace = new Pace.AtRate(rate, Pace.Arrivals.POISSON);
    Schedule schedule = Schedule.of(pace, 0, 0, 1, 7);
    int n = 20_000;
    double sum = 0;
    double squares = 0;
    long before = 0;
    for (int i = 0; i < n; i++) {
      double gap = schedule.next() - before;
      before = schedule.next();
      sum += gap;
      squares += gap * gap;
      schedule.advance();
    }
    double mean = sum / n;
    double deviation = Math.sqrt(squares / n - mean * mean);
    assertThat(mean * rate / 1e9).isCloseTo(1, within(0.05));
    assertThat(deviation / mean).isCloseTo(1, within(0.05)); // of an exponential distribution
    assertThat(starts(pace, loops, 10)).isSorted().hasSize(10 * loops);
  }
}
