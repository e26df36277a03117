package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Percentage;

class ShownProperties {
  @Property
  void no_more_than_three_digits_count_and_they_are_the_value(
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 999) double value) {
    String text = Shown.digits(value);

    assertThat(text).matches("\\d+(\\.\\d*[1-9])?");
    assertThat(text.replace(".", "").replaceFirst("^0+", "")).hasSizeLessThanOrEqualTo(3);
    assertThat(Double.parseDouble(text)).isCloseTo(value, Percentage.withPercentage(0.51));
  }

  @Property
  void a_time_reads_back_as_what_it_was(
      @ForAll @LongRange(min = 1, max = 3_600_000_000L) long micros) {
    String[] text = Shown.micros(micros).split(" ", -1);

    double unit =
        switch (text[1]) {
          case "µs" -> 1;
          case "ms" -> 1e3;
          case "s" -> 1e6;
          default -> throw new AssertionError(text[1]);
        };
    assertThat(Double.parseDouble(text[0]) * unit)
        .isCloseTo(micros, Percentage.withPercentage(0.51));
    assertThat(text[0].replace(".", "")).hasSizeLessThanOrEqualTo(4);
  }

  @Property
  void bytes_read_back_as_what_they_were(@ForAll @LongRange(min = 1) long bytes) {
    String[] text = Shown.bytes(bytes).split(" ", -1);

    double unit = Math.pow(1000, List.of("B", "kB", "MB", "GB", "TB", "PB").indexOf(text[1]));
    assertThat(Double.parseDouble(text[0]) * unit)
        .isCloseTo(bytes, Percentage.withPercentage(0.51));
  }

  @Property
  void whatever_a_figure_is_no_reader_sees_the_word_of_a_machine_for_it(@ForAll double value) {
    for (String text :
        new String[] {
          Shown.digits(value),
          Shown.micros(value),
          Shown.bytes(value),
          Shown.count(value),
          Shown.rate(value),
          Shown.percent(value)
        }) {
      assertThat(text).doesNotContain("NaN").doesNotContain("nfinity").doesNotContain("E");
    }
  }

  @Example
  void what_is_no_number_is_shown_as_nothing() {
    assertThat(Shown.digits(Double.NaN)).isEqualTo("–");
    assertThat(Shown.count(Double.POSITIVE_INFINITY)).isEqualTo("–");
  }

  @Example
  void units_change_where_a_reader_expects_it() {
    assertThat(Shown.micros(999)).isEqualTo("999 µs");
    assertThat(Shown.micros(999.6)).isEqualTo("1 ms");
    assertThat(Shown.micros(999_600)).isEqualTo("1 s");
    assertThat(Shown.micros(0)).isEqualTo("0 µs");
    assertThat(Shown.bytes(999.7)).isEqualTo("1 kB");
    assertThat(Shown.bytes(9_650_000)).isEqualTo("9.65 MB");
    assertThat(Shown.count(17_977.34)).isEqualTo("17,977.34");
    assertThat(Shown.percent(0.003)).isEqualTo("0.3 %");
    assertThat(Shown.thousands(54_321)).isEqualTo("54k");
    assertThat(Shown.plural(1, "time", "times")).isEqualTo("1 time");
  }
}
