package dev.cubit.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesTest {
  @Test
  void the_first_sample_and_a_partial_last_are_left_out() {
    Series series = Series.of(loadOf(1000, 1000, 1000, 400));
    assertThat(series.length()).isEqualTo(2);
    assertThat(series.throughput()).containsExactly(100, 100);
  }

  @Test
  void a_last_sample_that_is_nearly_whole_stays() {
    assertThat(Series.of(loadOf(1000, 1000, 1000, 950)).length()).isEqualTo(3);
  }

  @Test
  void a_stall_that_stretches_one_sample_leaves_the_others_as_they_are() {
    assertThat(Series.of(loadOf(1000, 1000, 1700, 1000, 1000)).throughput())
        .containsExactly(100, 100, 100, 100);
  }

  @Test
  void short_neighbours_are_joined_to_the_usual_length() {
    Series series = Series.of(loadOf(2000, 2000, 2000, 2000, 1000, 1000, 1000));
    assertThat(series.samples())
        .extracting(Sample::length)
        .containsExactly(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));
    assertThat(series.throughput()).containsExactly(100, 100, 100, 100);
  }

  @Test
  void intervals_in_which_nothing_ended_have_no_latency_but_no_throughput_either() {
    Fixture fixture = new Fixture().throughput(10, 10, 0, 10);
    fixture.medians = new double[] {5, 5, 0, 7};
    Series series = Series.of(fixture.load());
    assertThat(series.throughput()).containsExactly(10, 0, 10);
    assertThat(series.medianLatency()).containsExactly(5, 7);
  }

  @Test
  void a_run_without_samples_is_an_empty_series() {
    assertThat(Series.of(new Fixture().throughput().load()).length()).isZero();
    assertThat(Series.of(new Fixture().throughput(5).load()).length()).isZero();
  }

  /** A hundred responses a second, in samples of these lengths. */
  private static LoadResult loadOf(long... millis) {
    List<Sample> samples = new ArrayList<>();
    long at = 0;
    for (long length : millis) {
      at += length;
      samples.add(
          new Sample(
              Duration.ofMillis(at), Duration.ofMillis(length), length / 10, 0, 0, 100, 200, 300));
    }
    return Loaded.with(new Fixture().load(), samples);
  }
}
