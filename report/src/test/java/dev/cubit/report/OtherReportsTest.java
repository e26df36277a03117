package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.LoadResult.Ending;
import dev.cubit.measure.CeilingResult;
import dev.cubit.measure.CeilingResult.Row;
import dev.cubit.measure.CeilingResult.Share;
import dev.cubit.measure.Comparison;
import dev.cubit.measure.Ratio;
import dev.cubit.measure.Run;
import dev.cubit.measure.RunStore;
import dev.cubit.measure.RunSummary;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Ceilings, comparisons and lists of runs. */
class OtherReportsTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static Run run(String name, int samples, long responses) {
    Example example = new Example();
    example.name = name;
    example.samples = Example.samples(samples, responses);
    return example.run();
  }

  static CeilingResult ceiling(Optional<Ratio> share, boolean atMost, boolean interrupted) {
    Optional<Run.Saturation> saturation =
        atMost
            ? Optional.of(new Run.Saturation("the load generator was saturated"))
            : Optional.empty();
    Example example = new Example();
    return new CeilingResult(
        List.of(
            new Row(
                "qr", List.of(98.0, 100.0, 104.0), example.load(), example.use, Optional.empty()),
            new Row(
                "hello",
                List.of(33_000.0, 33_258.0, 34_000.0),
                example.load(),
                example.use,
                saturation)),
        List.of(new Share("hello", share, atMost, "the sentence of the share")),
        interrupted);
  }

  @Test
  void a_ceiling_is_a_table_and_a_sentence() {
    String text =
        CeilingReport.text(
            ceiling(Optional.of(new Ratio(0.003, 0.0028, 0.0032)), false, false), false);

    assertThat(text)
        .contains(
            "│ qr     │ 100 ± 3 % ",
            "│ hello  │ 33,258 ± 1.5 % │ 0.3 % │ 2.01 ms │ 5.72 ms │ 173 µs ",
            "The target reaches 0.3 % of this machine's ceiling of 33,258 requests a second.\n",
            "the sentence of the share\n")
        .doesNotContain("at most", "Interrupted");
  }

  @Test
  void a_ceiling_that_the_generator_could_not_reach_makes_the_share_an_upper_bound() {
    String text =
        CeilingReport.text(
            ceiling(Optional.of(new Ratio(0.003, 0.0028, 0.0032)), true, true), false);

    assertThat(text)
        .contains(
            "≥ 33,258",
            "≤ 0.3 %",
            "reaches at most 0.3 % of this machine's ceiling of at least 33,258",
            "hello: the load generator was saturated",
            "Interrupted: some rounds are missing.");
  }

  @Test
  void a_refusal_to_give_a_share_is_told_and_no_share_is() {
    CeilingResult refused = ceiling(Optional.empty(), false, false);

    assertThat(CeilingReport.text(refused, true))
        .contains("\u001b[1;33mthe sentence of the share")
        .doesNotContain("The target reaches");
    JsonNode json = MAPPER.readTree(CeilingReport.json(refused));
    assertThat(json.at("/shares/0").has("share")).isFalse();
    assertThat(json.at("/servers/1/requestsPerSecond").asDouble()).isEqualTo(33_258);
    assertThat(json.at("/servers/0/rounds").size()).isEqualTo(3);
  }

  @Test
  void a_ceiling_cut_short_before_its_first_round_is_still_told() {
    CeilingResult nothing =
        new CeilingResult(
            List.of(
                new Row(
                    "qr", List.of(), Example.empty().load(), Optional.empty(), Optional.empty()),
                new Row(
                    "hello",
                    List.of(),
                    Example.empty().load(),
                    Optional.empty(),
                    Optional.empty())),
            List.of(),
            true);

    assertThat(CeilingReport.text(nothing, false)).contains("│ qr ", "Interrupted");
    assertThat(CeilingReport.json(nothing)).doesNotContain("NaN");
    assertThat(CeilingPage.of(nothing, List.of("ceiling"))).contains("No share of the ceiling");
  }

  @Test
  void each_field_is_documented() throws IOException {
    Ratio ratio = new Ratio(0.003, 0.0028, 0.0032);
    Documented.in(
        "cubit ceiling",
        MAPPER.readTree(CeilingReport.json(ceiling(Optional.of(ratio), true, true))));
    Run run = run("a", 30, 5_000);
    Comparison comparison = Comparison.of(run, run);
    Optional<Comparison.Gate> gate = Optional.of(comparison.failIfSlower(5));
    JsonNode compared = MAPPER.readTree(ComparisonReport.json(comparison, gate));
    ((ObjectNode) compared).remove(List.of("b", "latencyP50", "latencyP99")); // as a and throughput
    Documented.in("cubit compare", compared);
    RunStore.Listing listing =
        new RunStore.Listing(List.of(summary("a", "http://localhost/", false)), List.of());
    Documented.in("cubit runs", MAPPER.readTree(RunsReport.json(listing)));
  }

  @Test
  void a_comparison_begins_with_its_verdict() {
    Run before = run("before", 30, 5_000);
    Run after = run("after", 30, 8_000);
    Comparison comparison = Comparison.of(before, after);

    String text = ComparisonReport.text(comparison, Optional.of(comparison.failIfSlower(5)), false);

    assertThat(text).startsWith("\nB is faster than A: throughput +60");
    assertThat(text)
        .contains("│ A: before │ ", "│ B: after  │ ", "│ Throughput  │ 1.6", "B is faster")
        .contains("intervals: " + Comparison.METHOD)
        .contains("within 5 %");
    assertThat(ComparisonReport.text(comparison, Optional.empty(), true))
        .contains("\u001b[32mB is");
  }

  @Test
  void what_is_not_shown_to_differ_is_marked_as_the_same() {
    Run run = run("same", 30, 5_000);
    Comparison comparison = Comparison.of(run, run);

    assertThat(ComparisonReport.text(comparison, Optional.empty(), false))
        .contains("~ not seen to differ");
    JsonNode json = MAPPER.readTree(ComparisonReport.json(comparison, Optional.empty()));
    assertThat(json.get("verdict").asString()).isEqualTo("same");
    assertThat(json.at("/throughput/ratio").asDouble()).isEqualTo(1);
    assertThat(json.at("/a/name").asString()).isEqualTo("same");
    assertThat(json.has("gate")).isFalse();
  }

  @Test
  void a_comparison_that_cannot_be_made_says_why_and_shows_no_ratio() {
    Comparison comparison = Comparison.of(run("short", 2, 10), run("b", 30, 10));

    assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.NOT_JUDGED);
    assertThat(ComparisonReport.text(comparison, Optional.of(comparison.failIfSlower(5)), false))
        .startsWith("\nnot judged: A (short) has 1 whole samples");
    assertThat(ComparisonPage.of(comparison, run("short", 2, 10), run("b", 30, 10)))
        .contains("not judged");
  }

  private static RunSummary summary(String name, String url, boolean floor) {
    return new RunSummary(
        name,
        Instant.parse("2026-11-23T07:14:56.123456Z"),
        List.of("baseline"),
        List.of(url, "http://localhost/other"),
        200,
        5_422.4,
        2_010,
        5_720,
        12,
        Ending.COMPLETED,
        floor);
  }

  @Test
  void kept_runs_are_a_table() {
    String text =
        RunsReport.text(
            new RunStore.Listing(
                List.of(
                    summary("after", "http://localhost/" + "x".repeat(100) + "/end", true),
                    summary("before", "http://localhost/\u001b[2J", false)),
                List.of()),
            ZoneId.of("Europe/Rome"),
            false);

    assertThat(text)
        .contains(
            "│ after  │ 2026-11-23 08:14:56 │ http://localhost/xxx", "…xxx", "/end and 1 more")
        .contains("│ ≥ 5,422 │ 5.72 ms │ 12 ", "│ 5,422   │")
        .contains("≥: the load generator was saturated")
        .doesNotContain("\u001b");
    assertThat(RunsReport.text(new RunStore.Listing(List.of(), List.of()), ZoneOffset.UTC, false))
        .isEqualTo("no run is kept here yet: cubit baseline makes one\n");
  }

  @Test
  void kept_runs_are_json_with_the_files_that_were_skipped() {
    JsonNode json =
        MAPPER.readTree(
            RunsReport.json(
                new RunStore.Listing(
                    List.of(summary("a", "http://localhost/", false)), List.of("b.json: broken"))));

    assertThat(json.at("/runs/0/name").asString()).isEqualTo("a");
    assertThat(json.at("/runs/0/p99Micros").asLong()).isEqualTo(5_720);
    assertThat(json.at("/skipped/0").asString()).isEqualTo("b.json: broken");
  }
}
