package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Ending;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.measure.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunTextTest {
  private static String text(Example example) {
    return new RunText(false, false, false).of(example.run(), List.of());
  }

  /** What stands behind a name in our own lines. */
  private static String line(String text, String name) {
    return text.lines()
        .filter(l -> l.startsWith(name + " "))
        .findFirst()
        .map(l -> l.substring(name.length()).strip().replaceAll(" {2,}", "  "))
        .orElseThrow(() -> new AssertionError("no line '" + name + "' in\n" + text));
  }

  @Test
  void latency_is_told_again_in_units_that_show_it() {
    Example example = new Example();
    example.latency = Example.micros(180, 190, 200, 12_400);

    assertThat(line(text(example), "Latency"))
        .isEqualTo("190 µs  12.4 ms  12.4 ms  12.4 ms  12.4 ms");
  }

  @Test
  void the_open_model_shows_service_time_and_lateness_below_the_latency() {
    String text = text(new Example().open(5_432));

    assertThat(line(text, "Latency")).endsWith("from the intended start").contains("392 ms");
    assertThat(line(text, "Service time")).endsWith("from the actual sending").contains("5.72 ms");
    assertThat(line(text, "Dispatch late")).contains("57 µs");
    assertThat(line(text, "Waited")).contains("236 ms");
    assertThat(line(text, "On schedule")).startsWith("800 waited for a connection, 0 were due");
    assertThat(line(text, "Throughput")).isEqualTo("5,422 req/s of 5,432 asked for (constant)");
  }

  @Test
  void the_closed_model_has_one_latency_and_no_schedule() {
    assertThat(text(new Example()))
        .doesNotContain("Service time", "Dispatch late", "On schedule", "intended");
  }

  @Test
  void failures_are_told_by_kind_with_an_example_each() {
    Example example = new Example();
    example.errors.put(ErrorKind.TIMEOUT, new Errors(8, "no answer within 10 s"));
    example.errors.put(ErrorKind.CONNECT, new Errors(1_200, "connection refused"));
    example.mismatches = 3;
    example.mismatchExample = "the body is 'no'";
    example.unanswered = 5;
    example.statuses = new TreeMap<>(Map.of(200, 50_000L, 503, 4_300L));
    String text = text(example);

    assertThat(line(text, "Timeouts")).isEqualTo("8, such as: no answer within 10 s");
    assertThat(line(text, "Not connected")).isEqualTo("1,200, such as: connection refused");
    assertThat(line(text, "Mismatches")).isEqualTo("3, such as: the body is 'no'");
    assertThat(line(text, "Unanswered")).startsWith("5 at the end");
    assertThat(line(text, "Status codes")).isEqualTo("200: 50,000, 503: 4,300");
  }

  @Test
  void status_codes_are_no_news_where_all_are_2xx() {
    assertThat(text(new Example())).doesNotContain("Status codes");
  }

  @Test
  void what_target_generator_and_machine_used_is_told() {
    Example example = new Example();
    example.warmUp =
        Optional.of(new Run.WarmUp(Duration.ofMillis(8_200), false, "a test", example.load()));
    example.ceiling = Optional.of(new Run.CeilingShare(33_258, 0.163, true));
    String text = text(example);

    assertThat(line(text, "Target"))
        .isEqualTo(
            "CPU 94 % (100 = one core), 173 µs a request, memory (RSS) 201 MB mean, 220 MB max");
    assertThat(line(text, "Generator"))
        .isEqualTo("io_uring, busiest loop 41 % of a core, CPU 8.1 s in all");
    assertThat(line(text, "Machine")).startsWith("83 % busy");
    assertThat(line(text, "Warm-up")).isEqualTo("8.2 s, throughput had not settled");
    assertThat(line(text, "Ceiling"))
        .isEqualTo(
            "at most 16.3 % of what a server that does nothing reaches here, at least 33,258"
                + " req/s");
  }

  @Test
  void goals_are_held_or_failed() {
    String text = new RunText(false, false, false).of(new Example().run(), Example.goals());

    assertThat(text).contains("p99<50ms held: 5.7 ms", "rps>6000 failed: 5422 requests/s");
  }

  @Test
  void a_saturated_generator_is_told_last_whole_and_in_yellow() {
    Example example = new Example();
    String reason =
        "the load generator was saturated: these figures are a floor. " + "x".repeat(900);
    example.saturation = Optional.of(new Run.Saturation(reason));

    assertThat(text(example)).endsWith("\n\n" + reason + "\n");
    assertThat(new RunText(true, false, false).of(example.run(), List.of()))
        .contains("\u001b[1;33m" + reason + "\u001b[0m");
  }

  @Test
  void a_run_that_ended_early_says_so() {
    Example example = new Example();
    example.ending = Ending.INTERRUPTED;

    assertThat(text(example))
        .endsWith("Interrupted: these figures are of what was measured until then.\n");
  }

  @Test
  void a_server_cannot_write_to_the_readers_terminal() {
    Example example = new Example();
    String hostile = "\u001b]0;pwned\u0007\u009b31m\r\nforged line";
    example.title = Optional.of(hostile);
    example.errors.put(ErrorKind.PROTOCOL, new Errors(1, hostile));
    example.mismatches = 1;
    example.mismatchExample = hostile;

    String text = text(example);

    assertThat(text.replace("\n", "").codePoints()).noneMatch(Character::isISOControl);
    assertThat(text.lines()).noneMatch(l -> l.startsWith("forged"));
  }

  @Test
  void nothing_at_all_is_told_without_figures_that_are_none() {
    assertThat(text(Example.empty())).doesNotContain("NaN").doesNotContain("p50");
    assertThat(line(text(Example.empty()), "Throughput")).isEqualTo("0 req/s");
  }
}
