package dev.cubit.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  @Test
  void nothing_given_means_loopback_8080_a_loop_a_processor_and_the_greeting() {
    assertThat(Settings.from(List.of(), Map.of("PORT", "", "HOST", " ")))
        .isEqualTo(
            new Settings(
                "127.0.0.1",
                8080,
                Runtime.getRuntime().availableProcessors(),
                OptionalInt.empty()));
  }

  @Test
  void a_flag_goes_before_its_variable() {
    var environment = Map.of("PORT", "0", "HOST", "::1", "EVENT_LOOPS", "3", "BODY_BYTES", "10");

    assertThat(Settings.from(List.of(), environment))
        .isEqualTo(new Settings("::1", 0, 3, OptionalInt.of(10)));
    assertThat(Settings.from(List.of("--bytes", "20"), environment).bodyBytes()).hasValue(20);
    assertThat(Settings.from(List.of("--bytes=0"), environment).bodyBytes()).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, -1",
    "PORT, 65536",
    "PORT, 80 80",
    "PORT, 99999999999",
    "EVENT_LOOPS, 0",
    "EVENT_LOOPS, two",
    "BODY_BYTES, -5",
    "BODY_BYTES, 1e3"
  })
  void a_bad_number_names_its_variable_its_value_and_what_is_allowed(String name, String value) {
    assertThatThrownBy(() -> Settings.from(List.of(), Map.of(name, value)))
        .isInstanceOf(HelloException.class)
        .hasMessageStartingWith(name + " is '" + value + "'; set it to a whole number from ");
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, '''--fast'' is not understood; --help shows what is'",
    "--bytes, '--bytes needs a number after it, as in --bytes 1800'",
    "--bytes=x, '--bytes is ''x''; set it to a whole number from 0 to 268435456'"
  })
  void a_bad_word_is_a_sentence(String word, String sentence) {
    assertThatThrownBy(() -> Settings.from(List.of(word), Map.of()))
        .isInstanceOf(HelloException.class)
        .hasMessage(sentence);
  }
}
