package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void what_stands_behind_two_dashes_is_the_targets_command() throws CliException {
    Words words = Words.of(List.of("baseline", "-c", "2", "/", "--", "java", "--", "-t8", "-d1s"));

    assertThat(words.words()).containsExactly("baseline", "-c", "2", "/");
    assertThat(words.command()).containsExactly("java", "--", "-t8", "-d1s");
    assertThat(words.hadSeparator()).isTrue();
    assertThat(words.notes()).isEmpty();
  }

  @Test
  void brackets_of_a_warm_up_become_one_word() throws CliException {
    assertThat(Words.of(List.of("--warmup", "[", "-c", "1", "-d", "3", "]", "url")).words())
        .containsExactly("--warmup", "[ -c 1 -d 3 ]", "url");
  }

  @Test
  void brackets_of_authorities_become_an_option_each() throws CliException {
    assertThat(Words.of(List.of("--ca", "[", "a.pem", "b c.pem", "]", "url")).words())
        .containsExactly("--ca=a.pem", "--ca=b c.pem", "url");
  }

  @Test
  void brackets_elsewhere_are_left_alone() throws CliException {
    assertThat(Words.of(List.of("-b", "[", "1", "]")).words()).containsExactly("-b", "[", "1", "]");
  }

  @Test
  void brackets_that_are_not_closed_are_refused() {
    assertThatThrownBy(() -> Words.of(List.of("-W", "[", "-c", "1")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("[ -c 1 -d 3 ]");
  }

  @Test
  void wrks_threads_are_read_where_the_duration_has_a_unit() throws CliException {
    Words words = Words.of(List.of("baseline", "-t8", "-c200", "-d10s", "url"));

    assertThat(words.words()).containsExactly("baseline", "--workers=8", "-c200", "-d10s", "url");
    assertThat(words.notes()).singleElement().asString().contains("-t8", "8 threads", "-t 8s");
  }

  @Test
  void autocannons_timeout_stays_where_the_duration_has_no_unit() throws CliException {
    Words words = Words.of(List.of("-t8", "-c200", "-d10", "url"));

    assertThat(words.words()).containsExactly("-t8", "-c200", "-d10", "url");
    assertThat(words.notes()).isEmpty();
  }

  @Test
  void a_switch_is_turned_off_by_no() throws CliException {
    assertThat(Words.of(List.of("--no-json", "--no-progress", "--no-renderLatencyTable")).words())
        .containsExactly("--json=false", "--no-progress", "--renderLatencyTable=false");
  }
}
