package dev.cubit.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.server.ServerException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HelloWordsTest {
  @Test
  void a_flag_goes_before_its_variable() {
    var environment = Map.of("BODY_BYTES", "10");

    assertThat(Hello.bodyBytes(List.of(), Map.of())).isEmpty();
    assertThat(Hello.bodyBytes(List.of(), environment)).hasValue(10);
    assertThat(Hello.bodyBytes(List.of("--bytes", "20"), environment)).hasValue(20);
    assertThat(Hello.bodyBytes(List.of("--bytes=0"), environment)).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"-5", "1e3", "99999999999"})
  void a_bad_size_names_its_variable_its_value_and_what_is_allowed(String value) {
    assertThatThrownBy(() -> Hello.bodyBytes(List.of(), Map.of("BODY_BYTES", value)))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith("BODY_BYTES is '" + value + "'; set it to a whole number from ");
  }

  @ParameterizedTest
  @CsvSource({
    "--fast, '''--fast'' is not understood; --help shows what is'",
    "--bytes, '--bytes needs a number after it, as in --bytes 1800'",
    "--bytes=x, '--bytes is ''x''; set it to a whole number from 0 to 268435456'"
  })
  void a_bad_word_is_a_sentence(String word, String sentence) {
    assertThatThrownBy(() -> Hello.bodyBytes(List.of(word), Map.of()))
        .isInstanceOf(ServerException.class)
        .hasMessage(sentence);
  }
}
