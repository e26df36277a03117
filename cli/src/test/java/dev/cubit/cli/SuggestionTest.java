package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  @Test
  void the_nearest_is_suggested() {
    assertThat(Suggestion.of("--conections", Stream.of("--connectionRate", "--connections")))
        .contains("--connections");
    assertThat(Suggestion.of("--durration=10", Stream.of("--duration", "--data")))
        .contains("--duration");
  }

  @Test
  void nothing_is_suggested_where_nothing_is_near() {
    assertThat(Suggestion.of("--frobnicate", Stream.of("--duration", "--data"))).isEmpty();
  }
}
