package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EstimateTest {
  @ParameterizedTest
  @CsvSource({
    "1, '', false",
    "2953, '', false",
    "14, size=1000, false",
    "14, size=4000, true",
    "14, scale=20, false",
    "14, scale=200, true",
    "14, format=svg, false",
    "14, format=pdf, false",
    "2900, format=svg, true",
    "14, version=40, false",
    "14, version=40&format=pdf, true",
    "7000, parts=16, true",
  })
  void what_would_hold_others_up_is_large(int length, String options, boolean large) {
    var all = new QueryReader().read("data=" + "x".repeat(length) + "&" + options, 0);

    assertThat(Estimate.isLarge(length, Orders.from(all))).isEqualTo(large);
  }

  @ParameterizedTest
  @CsvSource({"100", "1000", "5000"})
  void more_pixels_cost_more(int side) {
    var nanos =
        List.of(side, 2 * side).stream()
            .map(size -> new QueryReader().read("data=a&size=" + size, 0))
            .map(options -> Estimate.nanos(1, Orders.from(options)))
            .toList();

    assertThat(nanos.get(0)).isLessThan(nanos.get(1));
  }
}
