package dev.cubit.diagnose.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final long SECOND = 1_000_000_000L;

  /** Of ten seconds, with so many classes loaded at the end of each. */
  private static Recording recording(long startNanosBefore, long... classes) {
    List<Counters> counters =
        IntStream.range(0, classes.length)
            .mapToObj(i -> new Counters((i + 1) * SECOND, 0, 0, 0, -1, classes[i], -1))
            .toList();
    return new Recording(
        Instant.EPOCH,
        Duration.ofSeconds(10),
        1,
        new JvmNames("", "", "", startNanosBefore),
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        counters,
        List.of(),
        Map.of(),
        List.of(),
        Recording.Collector.UNKNOWN,
        List.of());
  }

  @Test
  void the_start_of_the_jvm_is_left_out() {
    Window window = Window.afterStart(recording(SECOND, 900, 4_000, 8_000, 8_050, 8_051, 8_051));

    assertThat(window).isEqualTo(new Window(3 * SECOND, 10 * SECOND));
  }

  @Test
  void a_jvm_that_never_stops_loading_classes_is_looked_at_whole() {
    Window window =
        Window.afterStart(recording(SECOND, 900, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000));

    assertThat(window).isEqualTo(new Window(0, 10 * SECOND));
  }

  @Test
  void one_that_has_run_for_long_has_no_start_in_it() {
    Window window = Window.afterStart(recording(60 * SECOND, 8_000, 9_000, 9_001, 9_001));

    assertThat(window).isEqualTo(new Window(0, 10 * SECOND));
  }
}
