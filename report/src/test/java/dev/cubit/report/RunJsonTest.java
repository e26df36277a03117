package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.ErrorKind;
import dev.cubit.load.LoadResult.Errors;
import dev.cubit.load.LoadResult.GeneratorUse;
import dev.cubit.measure.Run;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunJsonTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** What autocannon 9.0.0 gave, with a title and a warm-up. */
  private static JsonNode autocannon() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RunJsonTest.class.getResourceAsStream("autocannon-9.json"))) {
      return MAPPER.readTree(in);
    }
  }

  /** A run that has everything a run can have. */
  private static Example full() {
    Example example = new Example().open(5_432.5);
    example.title = Optional.of("title");
    example.socketPath = Optional.of("/tmp/socket");
    example.errors.put(ErrorKind.TIMEOUT, new Errors(8, "no answer within 10 s"));
    example.errors.put(ErrorKind.CONNECT, new Errors(2, "refused"));
    example.mismatches = 3;
    example.mismatchExample = "the body is 'no'";
    example.unsent = 4;
    example.unanswered = 5;
    example.warmUp =
        Optional.of(new Run.WarmUp(Duration.ofMillis(8_200), true, "a test", new Example().load()));
    example.saturation = Optional.of(new Run.Saturation("saturated"));
    example.ceiling = Optional.of(new Run.CeilingShare(33_258.25, 0.163, true));
    return example;
  }

  private static JsonNode json(Example example) {
    return MAPPER.readTree(RunJson.of(example.run(), Example.goals()));
  }

  @Test
  void every_field_of_autocannon_is_there_with_its_name_its_order_and_its_kind()
      throws IOException {
    JsonNode ours = json(warm());
    JsonNode theirs = autocannon();

    List<String> names = new ArrayList<>(ours.propertyNames());
    assertThat(names).last().isEqualTo("cubit");
    assertThat(names.subList(0, names.size() - 1))
        .containsExactlyElementsOf(theirs.propertyNames());
    for (String object : List.of("latency", "requests", "throughput")) {
      assertThat(ours.get(object).propertyNames())
          .as(object)
          .containsExactlyElementsOf(theirs.get(object).propertyNames());
    }
    assertThat(ours.get("warmup").propertyNames())
        .containsExactlyElementsOf(theirs.get("warmup").propertyNames());
    theirs
        .properties()
        .forEach(
            e ->
                assertThat(ours.get(e.getKey()).getNodeType())
                    .as(e.getKey())
                    .isEqualTo(e.getValue().getNodeType()));
    assertThat(ours.at("/statusCodeStats/200/count").asLong()).isEqualTo(54_300);
  }

  private static Example warm() {
    Example example = new Example();
    example.title = Optional.of("title");
    example.warmUp =
        Optional.of(new Run.WarmUp(Duration.ofMillis(8_200), true, "time", new Example().load()));
    return example;
  }

  @Test
  void it_is_one_line_of_ascii() {
    Example example = full();
    example.title = Optional.of("line\nline \u2028 ü \ud83d");

    String line = RunJson.of(example.run(), List.of());

    assertThat(line).doesNotContain("\n").matches("[ -~]*");
    assertThat(MAPPER.readTree(line).get("title").asString())
        .isEqualTo("line\nline \u2028 ü \ud83d");
  }

  @Test
  void fields_that_autocannon_leaves_out_when_they_are_not_set_are_left_out() {
    JsonNode json = json(new Example());

    assertThat(json.has("title")).isFalse();
    assertThat(json.has("socketPath")).isFalse();
    assertThat(json.has("warmup")).isFalse();
    assertThat(json(full()).get("socketPath").asString()).isEqualTo("/tmp/socket");
  }

  @Test
  void units_are_autocannons() throws IOException {
    Example example = new Example();
    example.latency = Example.micros(1_400, 1_600, 2_000);
    JsonNode json = json(example);

    assertThat(json.get("start").asString()).isEqualTo("2026-11-23T07:14:56.123Z");
    assertThat(json.get("start").asString()).hasSameSizeAs(autocannon().get("start").asString());
    assertThat(json.get("duration").decimalValue()).hasToString("10.01");
    assertThat(json.at("/latency/p0_001").asInt()).isEqualTo(1);
    assertThat(json.at("/latency/p50").asInt()).isEqualTo(2);
    assertThat(json.at("/latency/mean").asDouble()).isEqualTo(1.67);
    assertThat(json.at("/latency/totalCount").asInt()).isEqualTo(3);
    assertThat(json.at("/requests/total").asLong()).isEqualTo(54_300);
    assertThat(json.at("/requests/sent").asLong()).isEqualTo(54_321);
    assertThat(json.at("/throughput/total").asLong()).isEqualTo(9_650_000);
    assertThat(json.at("/sampleInt").asInt()).isEqualTo(1_000);
  }

  @Test
  void classes_of_status_and_what_is_not_2xx_add_up() {
    Example example = new Example();
    example.statuses = new TreeMap<>(Map.of(200, 10L, 204, 1L, 301, 2L, 404, 3L, 503, 4L));
    JsonNode json = json(example);

    assertThat(json.get("2xx").asInt()).isEqualTo(11);
    assertThat(json.get("3xx").asInt()).isEqualTo(2);
    assertThat(json.get("non2xx").asInt()).isEqualTo(9);
    assertThat(json.get("statusCodeStats").propertyNames())
        .containsExactly("200", "204", "301", "404", "503");
  }

  @Test
  void errors_have_their_kind_and_an_example_and_timeouts_are_among_errors() {
    JsonNode json = json(full());

    assertThat(json.get("errors").asInt()).isEqualTo(10);
    assertThat(json.get("timeouts").asInt()).isEqualTo(8);
    assertThat(json.at("/cubit/errorsByKind/timeout/count").asInt()).isEqualTo(8);
    assertThat(json.at("/cubit/errorsByKind/timeout/example").asString())
        .isEqualTo("no answer within 10 s");
    assertThat(json.at("/cubit/mismatchExample").asString()).isEqualTo("the body is 'no'");
  }

  @Test
  void our_figures_are_in_microseconds_and_open_model_has_both_latencies() {
    JsonNode cubit = json(full()).get("cubit");

    assertThat(cubit.at("/latencyMicros/p99").asLong())
        .isGreaterThan(30 * cubit.at("/serviceTimeMicros/p99").asLong());
    assertThat(cubit.at("/unsent").asInt()).isEqualTo(4);
    assertThat(cubit.at("/unanswered").asInt()).isEqualTo(5);
    assertThat(cubit.at("/generator/saturated").asBoolean()).isTrue();
    assertThat(cubit.at("/target/cpuMicrosPerRequest").asDouble()).isBetween(173.0, 174.0);
    assertThat(cubit.at("/ceiling/share").asDouble()).isEqualTo(0.163);
    assertThat(cubit.at("/series").size()).isEqualTo(10);
    assertThat(cubit.at("/goals/1/held").asBoolean()).isFalse();
  }

  @Test
  void each_field_of_ours_is_documented() throws IOException {
    Documented.in("cubit baseline", json(full()).get("cubit"));
  }

  @Provide
  Arbitrary<Double> hostile() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(),
        Arbitraries.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE));
  }

  @Property(tries = 200)
  void no_figure_whatever_it_is_makes_json_that_others_refuse(
      @ForAll("hostile") double a, @ForAll("hostile") double b) {
    Example example = full();
    example.machineBusy = a;
    example.generator = new GeneratorUse("epoll", List.of(a, b), Duration.ofMillis(3));
    example.overallRate = Optional.of(b);
    example.ceiling = Optional.of(new Run.CeilingShare(a, b, false));

    String line = RunJson.of(example.run(), List.of());

    assertThat(line).doesNotContain("NaN").doesNotContain("Infinity");
    JsonNode json = MAPPER.readTree(line);
    assertThat(json.at("/cubit/machine/busyShare").isNumber()).isTrue();
    assertThat(json.at("/cubit/generator/loopBusyShares/0").isNumber()).isTrue();
    assertThat(json.at("/cubit/ceiling/requestsPerSecond").isNumber()).isTrue();
  }
}
