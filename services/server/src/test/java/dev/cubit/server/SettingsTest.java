package dev.cubit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  @Test
  void nothing_given_means_loopback_8080_a_loop_a_processor() {
    assertThat(Settings.from(Map.of("PORT", "", "HOST", " ")))
        .isEqualTo(new Settings("127.0.0.1", 8080, Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void the_environment_decides() {
    assertThat(Settings.from(Map.of("PORT", "0", "HOST", "::1", "EVENT_LOOPS", "3")))
        .isEqualTo(new Settings("::1", 0, 3));
  }

  @Test
  void a_port_is_shared_only_where_that_is_asked_for() {
    assertThat(Settings.from(Map.of("REUSE_PORT", "1")).reusePort()).isTrue();
    assertThat(Settings.from(Map.of("REUSE_PORT", "0")).reusePort()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, -1",
    "PORT, 65536",
    "PORT, 80 80",
    "PORT, 99999999999",
    "EVENT_LOOPS, 0",
    "EVENT_LOOPS, two",
    "REUSE_PORT, yes"
  })
  void a_bad_number_names_its_variable_its_value_and_what_is_allowed(String name, String value) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value)))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith(name + " is '" + value + "'; set it to a whole number from ");
  }
}
