package dev.cubit.diagnose.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.diagnose.heap.HeapReport.Finding;
import dev.cubit.diagnose.heap.LiveSet.Trend;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Window;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LiveSetTest {
  private static final double MB = Recordings.MB;

  @Test
  void what_rises_from_quarter_to_quarter_is_a_leak_and_it_is_told_when_memory_ends() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 300, 100 + 5 * s);
    }

    HeapReport report = recordings.report();

    assertThat(report.finding()).isEqualTo(Finding.LEAK);
    LiveSet live = report.live();
    assertThat(live.trend()).isEqualTo(Trend.GROWS);
    assertThat(live.quarters()).containsExactly(105 * MB, 175 * MB, 250 * MB, 325 * MB);
    assertThat(live.bytesPerSecond()).isCloseTo(5 * MB, within(1.0));
    assertThat(live.secondsToMax()).hasValueCloseTo((1_000 - 325) / 5.0, within(0.1));
  }

  @Test
  void a_saw_of_garbage_in_the_old_part_is_no_leak() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 900, 100 + 60 * (s % 10));
    }

    assertThat(recordings.report().live().trend()).isEqualTo(Trend.STEADY);
  }

  @Test
  void what_whole_collections_leave_counts_more_than_what_young_ones_do() {
    Recordings recordings = new Recordings().whole(0.1, 120, 100);
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 700, 100 + 8 * s); // garbage, promoted too early
    }
    recordings.whole(59.9, 600, 102);

    LiveSet live = recordings.report().live();

    assertThat(live.trend()).isEqualTo(Trend.STEADY);
    assertThat(live.whole()).hasSize(2);
    assertThat(live.end()).isEqualTo(102 * MB);
  }

  @Test
  void two_whole_collections_are_enough_even_if_there_is_no_other() {
    LiveSet live = new Recordings().whole(0, 120, 100).whole(60, 600, 400).report().live();

    assertThat(live.trend()).isEqualTo(Trend.GROWS);
    assertThat(live.bytesPerSecond()).isCloseTo(300 * MB / 60, within(1.0));
  }

  @Test
  void a_cache_that_is_filled_at_first_has_levelled_off() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 700, Math.min(400, 100 + 20 * s));
    }

    HeapReport report = recordings.report();

    assertThat(report.live().trend()).isEqualTo(Trend.LEVELLED);
    assertThat(report.finding()).isEqualTo(Finding.HEALTHY);
  }

  @Test
  void a_small_rise_may_be_a_leak() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 300, 100 + 0.5 * s);
    }

    assertThat(recordings.report().finding()).isEqualTo(Finding.MAY_LEAK);
  }

  @Test
  void a_heap_that_live_objects_fill_from_the_begin_is_full() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.whole(s, 990, 950);
    }

    assertThat(recordings.report().finding()).isEqualTo(Finding.FULL);
  }

  @Test
  void a_heap_that_has_grown_until_it_was_full_is_a_leak() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.whole(s, 990, Math.min(980, 50 + 30 * s));
    }

    assertThat(recordings.report().finding()).isEqualTo(Finding.LEAK);
  }

  @Test
  void without_collections_nothing_is_concluded() {
    assertThat(new Recordings().report().finding()).isEqualTo(Finding.UNKNOWN);
    assertThat(new Recordings().young(3, 200, 100).young(10, 200, 100).report().finding())
        .isEqualTo(Finding.UNKNOWN);
  }

  @Test
  void growth_before_the_load_is_not_the_loads() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 700, Math.min(400, 100 + 20 * s));
    }
    Window load = new Window(Recordings.nanos(20), Recordings.nanos(60));

    HeapReport report = HeapReport.of(recordings.recording(), Recordings.PARTIES, load);

    assertThat(report.live().trend()).isEqualTo(Trend.STEADY);
  }

  @Test
  void pauses_of_a_tenth_of_the_time_are_the_finding() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 600; s++) {
      recordings.young(s / 10.0, 200, 100);
    }

    HeapReport report = recordings.report();

    assertThat(report.finding()).isEqualTo(Finding.HEALTHY);
    for (int s = 1; s < 60; s++) {
      recordings.pauses.add(new Pause(Recordings.nanos(s), 100_000_000, "GC Pause"));
    }
    assertThat(recordings.report().finding()).isEqualTo(Finding.PAUSES);
    assertThat(report.collecting().causes())
        .containsExactly(new ByCause("G1New", "G1 Evacuation Pause", 599, 5.99, 0.01));
  }

  @Property(tries = 200)
  void the_slope_is_that_of_the_leak_whatever_garbage_is_on_top(
      @ForAll @DoubleRange(min = 2, max = 10) double megabytesPerSecond,
      @ForAll @DoubleRange(min = 0, max = 300) double garbage) {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 600; s++) {
      double live = 50 + megabytesPerSecond * s / 10;
      recordings.young(s / 10.0, 999, live + garbage * (s % 10) / 10);
    }

    LiveSet live = recordings.report().live();

    assertThat(live.trend()).isEqualTo(Trend.GROWS);
    assertThat(live.bytesPerSecond())
        .isCloseTo(megabytesPerSecond * MB, within(0.05 * MB * megabytesPerSecond));
  }
}
