package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.load.LoadResult.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against what autocannon 9.0.0 printed for an nginx, see the files of recorded output. */
class AutocannonTablesTest {
  private static final Ink NONE = new Ink(false);

  private static String recorded(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(AutocannonTablesTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the eye sees apart from the figures: words, units, lines, and where they stand. */
  private static String skeleton(String text) {
    return text.replaceAll("[0-9][0-9.,]*k?", "#")
        .replaceAll("# (ms|[kM]?B)", "#")
        .replaceAll("─+", "─")
        .replaceAll(" +", " ");
  }

  /** The cells of the first row that begins with this name. */
  private static List<String> row(String text, String name) {
    return text.lines()
        .filter(l -> l.startsWith("│ " + name + " "))
        .findFirst()
        .map(l -> Arrays.stream(l.split("│", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(2, cells.size() - 1))
        .orElseThrow(() -> new AssertionError("no row '" + name + "' in\n" + text));
  }

  private static Example nginx() {
    Example example = new Example();
    example.samples =
        List.of(
            new Sample(Duration.ofSeconds(1), Duration.ofSeconds(1), 24_229, 3_876_640, 0, 1, 1, 1),
            new Sample(
                Duration.ofSeconds(2), Duration.ofSeconds(1), 32_731, 5_236_960, 0, 1, 1, 1));
    example.sent = 56_965;
    example.statuses = new TreeMap<>(Map.of(200, 56_960L));
    example.bytes = 9_113_600;
    example.elapsed = Duration.ofMillis(2_020);
    example.latency = Example.spread(1, 56_960, 30);
    return example;
  }

  @Test
  void the_tables_and_closing_lines_are_those_of_autocannon_but_for_their_figures()
      throws IOException {
    String ours = new AutocannonTables(NONE, false, false).of(nginx().run());

    assertThat(skeleton(ours)).isEqualTo(skeleton(recorded("autocannon-9.txt")));
  }

  @Test
  void all_percentiles_and_status_codes_are_told_as_autocannon_tells_them() throws IOException {
    Example example = nginx();
    example.interval = Duration.ofMillis(100);
    example.samples =
        Example.samples(20, 2_600).stream()
            .map(
                s ->
                    new Sample(
                        s.at().dividedBy(10),
                        Duration.ofMillis(100),
                        s.responses(),
                        s.bytes(),
                        0,
                        1,
                        1,
                        1))
            .toList();
    example.statuses = new TreeMap<>(Map.of(503, 53_154L));

    String ours = new AutocannonTables(NONE, true, true).of(example.run());

    assertThat(skeleton(ours)).isEqualTo(skeleton(recorded("autocannon-9-all.txt")));
    assertThat(ours)
        .contains("sampled every 0.1 seconds.", "0 2xx responses, 53154 non 2xx responses");
  }

  @Test
  void the_same_samples_give_the_figures_that_autocannon_gave() throws IOException {
    String ours = new AutocannonTables(NONE, false, false).of(nginx().run());
    String theirs = recorded("autocannon-9.txt");

    assertThat(row(ours, "Bytes/Sec")).isEqualTo(row(theirs, "Bytes/Sec"));
    List<Double> requests = numbers(row(ours, "Req/Sec"));
    List<Double> recorded = numbers(row(theirs, "Req/Sec"));
    for (int i = 0; i < recorded.size(); i++) {
      // theirs are of a histogram with three digits, ours of the samples themselves
      assertThat(requests.get(i))
          .isCloseTo(recorded.get(i), org.assertj.core.data.Percentage.withPercentage(0.1));
    }
    assertThat(row(ours, "Req/Sec")).last().isEqualTo("24,229");
    assertThat(ours).endsWith("57k requests in 2.02s, 9.11 MB read\n");
    assertThat(theirs).endsWith("57k requests in 2.02s, 9.11 MB read\n");
  }

  private static List<Double> numbers(List<String> cells) {
    return cells.stream().map(c -> Double.parseDouble(c.replace(",", ""))).toList();
  }

  @Test
  void what_takes_less_than_half_a_millisecond_is_0_ms_as_there() {
    Example example = new Example();
    example.latency = Example.micros(180, 190, 200, 12_400);

    List<String> row = row(new AutocannonTables(NONE, false, false).of(example.run()), "Latency");

    assertThat(row.subList(0, 4)).containsExactly("0 ms", "0 ms", "12 ms", "12 ms");
    assertThat(row).last().isEqualTo("12 ms");
  }

  @Test
  void errors_timeouts_mismatches_and_resets_have_their_closing_lines() {
    Example example = new Example();
    example.errors.put(ErrorKind.TIMEOUT, new Errors(8, "late"));
    example.errors.put(ErrorKind.CLOSED, new Errors(2_100, "gone"));
    example.mismatches = 3;
    example.resets = 1;
    String once = new AutocannonTables(NONE, false, false).of(example.run());
    example.resets = 12;
    String more = new AutocannonTables(NONE, false, false).of(example.run());

    assertThat(once)
        .endsWith(
            """
            2k errors (8 timeouts)
            3 requests with mismatched body
            request pipeline was reset 1 time
            """);
    assertThat(more).endsWith("request pipeline was reset 12 times\n");
  }

  @Test
  void colours_change_nothing_but_colours() {
    Example example = nginx();
    example.statuses = new TreeMap<>(Map.of(200, 50_000L, 503, 6_960L));
    String plain = new AutocannonTables(NONE, true, true).of(example.run());
    String coloured = new AutocannonTables(new Ink(true), true, true).of(example.run());

    assertThat(plain).doesNotContain("\u001b");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    assertThat(coloured)
        .contains(
            "\u001b[36mStat\u001b[39m",
            "\u001b[1mLatency\u001b[22m",
            "\u001b[36m200\u001b[39m",
            "\u001b[91m503\u001b[39m");
  }

  @Test
  void a_run_without_any_sample_has_tables_of_zeros() {
    String text = new AutocannonTables(NONE, true, true).of(Example.empty().run());

    assertThat(row(text, "Latency")).allMatch(c -> c.equals("0 ms"));
    assertThat(row(text, "Req/Sec")).allMatch(c -> c.equals("0"));
    assertThat(row(text, "Bytes/Sec")).allMatch(c -> c.equals("0 B"));
    assertThat(text).contains("# of samples: 0", "0 requests in 0s, 0 B read", "1 errors (0");
  }
}
