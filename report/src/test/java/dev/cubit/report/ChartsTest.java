package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.report.Charts.Distribution;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChartsTest {
  @Test
  void percentiles_go_as_far_as_the_count_can_say_and_no_further() {
    assertThat(Charts.nines(50_000)).first().isEqualTo(1.0);
    assertThat(Charts.nines(50_000)).last().isEqualTo(50_000.0);
    assertThat(Charts.nines(0)).last().isEqualTo(10.0);
    assertThat(Charts.nines(Long.MAX_VALUE)).last().isEqualTo(1e8);
    assertThat(Charts.nines(50_000)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void each_point_is_the_histograms_own_percentile_in_milliseconds() {
    Chart chart =
        Charts.percentiles(
            "id",
            "Latency",
            List.of(
                new Distribution("all", "a", false, Example.spread(1, 10_000, 2_000)),
                new Distribution("few", "b", true, Example.spread(1, 100, 2_000)),
                new Distribution("none", "c", true, Example.micros())));

    int p99 = nearest(chart.x(), 100);
    assertThat(chart.lines().get(0).values().get(p99))
        .isCloseTo(
            Example.spread(1, 10_000, 2_000).getValueAtPercentile(99) / 1e3,
            Percentage.withPercentage(1));
    assertThat(chart.lines().get(1).values().get(nearest(chart.x(), 1_000))).isNaN();
    assertThat(chart.lines().get(2).values()).allMatch(v -> v.isNaN());
    assertThat(chart.logarithmic()).isFalse();
  }

  private static int nearest(List<Double> x, double wanted) {
    int at = 0;
    while (x.get(at) < wanted * 0.999) {
      at++;
    }
    return at;
  }

  @Test
  void what_would_be_a_flat_line_is_drawn_logarithmically() {
    Example example = new Example().open(100);
    Chart chart =
        Charts.percentiles(
            "id",
            "Latency",
            List.of(
                new Distribution("latency", "a", false, example.latency),
                new Distribution("service time", "b", true, example.serviceTime)));

    assertThat(chart.logarithmic()).isTrue();
    assertThat(chart.heading()).isEqualTo("Latency (logarithmic)");
  }

  @Test
  void one_outlier_does_not_flatten_latency_over_time() {
    List<Double> x = List.of(1.0, 2.0, 3.0);

    assertThat(latency(x, List.of(0.1, 215.0, Double.NaN)).logarithmic()).isTrue();
    assertThat(latency(x, List.of(2.0, 5.0, Double.NaN)).logarithmic()).isFalse();
    assertThat(latency(x, List.of(Double.NaN, Double.NaN, Double.NaN)).logarithmic()).isFalse();
  }

  private static Chart latency(List<Double> x, List<Double> values) {
    return Charts.latency("id", "Latency", x, List.of(new Chart.Line("max", "d", false, values)));
  }

  @Test
  void a_gap_is_null_to_a_browser_and_a_figure_has_six_digits() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    Chart.time(
            "id",
            "heading",
            Chart.Unit.RATE,
            List.of(0.1, 0.2, 0.3, 0.4),
            List.of(
                new Chart.Line(
                    "a", "a", false, List.of(Double.NaN, 1234567.891, 1 / 3.0, 1e300 * 1e10))))
        .writeTo(json);

    assertThat(Json.line(json.at("/lines/0/values"))).isEqualTo("[null,1234570,0.333333,null]");
  }
}
