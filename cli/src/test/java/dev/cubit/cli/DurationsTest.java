package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "10, PT10S",
    "0.5, PT0.5S",
    "500ms, PT0.5S",
    "250us, PT0.00025S",
    "10s, PT10S",
    "1m, PT1M",
    "1m30s, PT1M30S",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "1.5m, PT1M30S"
  })
  void times_are_read_with_and_without_units(String text, Duration expected) {
    assertThat(Durations.parse(text, ChronoUnit.SECONDS)).isEqualTo(expected);
  }

  @Test
  void without_a_unit_the_options_own_counts() {
    assertThat(Durations.parse("250", ChronoUnit.MILLIS)).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1", "1x", "1s2", "s1", "1 s", "1e3", "NaN", "99999999999999d"})
  void what_is_no_time_is_refused(String text) {
    assertThatThrownBy(() -> Durations.parse(text, ChronoUnit.SECONDS))
        .isInstanceOf(TypeConversionException.class);
  }
}
