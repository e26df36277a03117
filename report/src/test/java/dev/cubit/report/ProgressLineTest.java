package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.LoadResult.Sample;
import dev.cubit.load.Progress;
import dev.cubit.measure.Run;
import dev.cubit.measure.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static Stage measuring(long atMillis, long lengthMillis, long responses, long errors) {
    return new Stage.Measuring(progress(atMillis, lengthMillis, responses, errors, 10_000));
  }

  private static Progress progress(
      long atMillis, long lengthMillis, long responses, long errors, long totalMillis) {
    Duration at = Duration.ofMillis(atMillis);
    return new Progress(
        at,
        OptionalDouble.of((double) atMillis / totalMillis),
        new Sample(at, Duration.ofMillis(lengthMillis), responses, 1, errors, 2_000, 5_720, 11_900),
        responses,
        errors);
  }

  @Test
  void on_a_terminal_one_line_is_drawn_again() {
    ProgressLine line = new ProgressLine(true, 120);
    line.next(measuring(1_000, 1_000, 1_000, 0));
    line.next(measuring(2_000, 1_000, 2_000, 0));
    line.next(measuring(3_000, 1_000, 4_000, 0));

    String text = line.next(measuring(4_000, 1_000, 8_000, 12));

    assertThat(text)
        .isEqualTo(
            "\r\u001b[Krunning [========            ] 40%  4s/10s  ▁▂▄█  8,000 req/s  p50 2 ms"
                + "  p99 5.72 ms  12 errors");
    assertThat(line.end()).isEqualTo("\r\u001b[K");
    assertThat(line.end()).isEmpty();
  }

  @Test
  void what_matters_least_goes_first_where_the_terminal_is_narrow() {
    assertThat(shown(120, 9))
        .contains("20s/50s", "█".repeat(20), "[========            ]", "p50", "9 errors");
    assertThat(shown(100, 9)).contains("█".repeat(20), "[====      ]", "p50", "9 errors");
    assertThat(shown(80, 0)).contains("█".repeat(10), "[====      ]", "p50", "p99");
    assertThat(shown(80, 9)).contains("[=", "p50", "9 errors").doesNotContain("█");
    assertThat(shown(60, 9)).contains("40%", "p50", "9 errors").doesNotContain("[=");
    assertThat(shown(40, 9)).contains("40%", "9 errors", "req/s").doesNotContain("p50");
    assertThat(shown(20, 9)).contains("40%  9 errors");
  }

  /** After twenty seconds of fifty. */
  private static String shown(int columns, long errors) {
    ProgressLine line = new ProgressLine(true, columns);
    String text = "";
    for (int i = 1; i <= 20; i++) {
      text = line.next(new Stage.Measuring(progress(1_000L * i, 1_000, 8_000, errors, 50_000)));
    }
    return text;
  }

  @Property(tries = 300)
  void it_never_wraps_and_steers_only_to_its_beginning(
      @ForAll @IntRange(min = 1, max = 300) int columns,
      @ForAll @LongRange(min = 1, max = 86_400_000) long at,
      @ForAll @LongRange(min = 0, max = 10_000_000) long responses,
      @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long errors) {
    ProgressLine line = new ProgressLine(true, columns);
    for (int i = 1; i <= 3; i++) {
      String text = line.next(measuring(at + 1_000L * i, 1_000, responses * i, errors));
      assertThat(text).startsWith("\r\u001b[K");
      String visible = text.substring(4);
      assertThat(visible.codePointCount(0, visible.length())).isLessThan(Math.max(20, columns));
      assertThat(visible.codePoints()).noneMatch(Character::isISOControl);
    }
  }

  @Test
  void piped_it_is_a_plain_line_a_second() {
    ProgressLine line = new ProgressLine(false, 80);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      text.append(line.next(measuring(100L * i, 100, 500, 0)));
    }

    assertThat(text.toString().lines())
        .containsExactly(
            "running 0s/10s  5,000 req/s  p50 2 ms  p99 5.72 ms",
            "running 1s/10s  5,000 req/s  p50 2 ms  p99 5.72 ms",
            "running 2s/10s  5,000 req/s  p50 2 ms  p99 5.72 ms");
    assertThat(line.end()).isEmpty();
  }

  @Test
  void short_samples_make_one_block_for_each_of_the_last_twenty_seconds() {
    ProgressLine line = new ProgressLine(true, 200);
    String text = "";
    for (int i = 1; i <= 300; i++) {
      String next = line.next(measuring(100L * i, 100, 500, 0));
      text = next.isEmpty() ? text : next;
    }

    assertThat(text).contains(" " + "█".repeat(20) + " ");
  }

  @Test
  void it_is_not_drawn_more_often_than_anybody_could_read() {
    ProgressLine line = new ProgressLine(true, 100);
    int drawn = 0;
    for (int i = 1; i <= 100; i++) {
      drawn += line.next(measuring(10L * i, 10, 50, 0)).isEmpty() ? 0 : 1;
    }

    assertThat(drawn).isBetween(4, 6);
  }

  @Test
  void warming_up_has_its_own_name_and_says_how_it_ended() {
    ProgressLine line = new ProgressLine(true, 100);

    assertThat(line.next(new Stage.WarmingUp(progress(1_000, 1_000, 10, 0, 5_000))))
        .contains("warmup [====");
    assertThat(line.next(new Stage.WarmedUp(Duration.ofMillis(3_200), false)))
        .isEqualTo("\r\u001b[Kwarmed up in 3.2 s, but throughput had not settled\n");
    assertThat(line.next(measuring(1_000, 1_000, 10, 0))).contains("running", "  █  ");
  }

  @Test
  void rounds_of_several_servers_are_told_apart() {
    ProgressLine line = new ProgressLine(false, 100);

    assertThat(line.next(new Stage.Round("hello", 0, 3))).isEqualTo("warming up hello\n");
    assertThat(line.next(new Stage.Round("hello", 2, 3))).isEqualTo("round 2 of 3: hello\n");
    assertThat(line.next(measuring(1_000, 1_000, 10, 0))).startsWith("hello 1s/10s");
  }

  @Test
  void before_anything_has_ended_there_is_no_latency() {
    Progress none =
        new Progress(
            Duration.ofSeconds(1),
            OptionalDouble.empty(),
            new Sample(Duration.ofSeconds(1), Duration.ofSeconds(1), 0, 0, 0, 0, 0, 0),
            0,
            0);

    assertThat(new ProgressLine(false, 80).next(new Stage.Measuring(none)))
        .isEqualTo("running 1s  0 req/s\n");
  }

  @Test
  void the_heading_is_autocannons() {
    Example example = new Example();
    example.pipelining = 4;
    example.workers = 2;

    assertThat(ProgressLine.heading(example.run().question()))
        .isEqualTo(
            "Running 10s test @ http://localhost:8080/?data=ciao\n"
                + "200 connections with 4 pipelining factor\n"
                + "2 workers\n");
    Run.Question q = new Example().run().question();
    Run.Question amount =
        new Run.Question(
            q.title(),
            List.of("http://a/", "http://b/"),
            Optional.of("/tmp/s"),
            q.protocol(),
            q.method(),
            1,
            1,
            0,
            Optional.empty(),
            Optional.of(500L),
            q.arrivals(),
            q.overallRate(),
            q.connectionRate(),
            q.sampleInterval());
    assertThat(ProgressLine.heading(amount))
        .isEqualTo("Running 500 requests test @ http://a/, http://b/ (/tmp/s)\n1 connections\n");
  }
}
