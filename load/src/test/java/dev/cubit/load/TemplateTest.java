package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
  private static final Variables VARIABLES =
      new Variables(
          Optional.of(
              new Variables.Rows(
                  List.of("name", "city"), List.of(List.of("Ada", "Köln"), List.of("Bob", "Rom")))),
          5);

  private static String write(Template template, Values values) {
    ByteBuf out = Unpooled.buffer();
    template.write(out, values);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Template template(String text) throws LoadException {
    return Template.of(text.getBytes(StandardCharsets.UTF_8), Optional.of(VARIABLES));
  }

  @Test
  void loops_deal_out_counters_and_rows_between_them() throws LoadException {
    Template template = template("é[<counter>]-[<row.name>]-[<row.city>]ü");
    Values first = new Values(VARIABLES, 0, 2);
    Values second = new Values(VARIABLES, 1, 2);
    first.advance();
    second.advance();
    assertThat(write(template, first)).isEqualTo("é0-Ada-Kölnü");
    assertThat(write(template, second)).isEqualTo("é1-Bob-Romü");
    first.advance();
    assertThat(write(template, first)).isEqualTo("é2-Ada-Kölnü");
  }

  @Test
  void ids_are_unique_over_all_loops_and_the_same_within_a_request() throws LoadException {
    Template template = template("[<id>] [<id>]");
    Set<String> seen = new HashSet<>();
    for (int loop = 0; loop < 3; loop++) {
      Values values = new Values(VARIABLES, loop, 3);
      for (int i = 0; i < 20_000; i++) {
        values.advance();
        String[] two = write(template, values).split(" ", -1);
        assertThat(two[0]).hasSize(16).isEqualTo(two[1]);
        assertThat(seen.add(two[0])).isTrue();
      }
    }
  }

  @Test
  void random_text_and_numbers_keep_to_their_bounds() throws LoadException {
    Template template = template("[<text:12>]|[<number:-3-3>]");
    Values values = new Values(VARIABLES, 0, 1);
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      values.advance();
      String[] parts = write(template, values).split("\\|", -1);
      assertThat(parts[0]).matches("[A-Za-z0-9]{12}");
      numbers.add(parts[1]);
    }
    assertThat(numbers).containsExactlyInAnyOrder("-3", "-2", "-1", "0", "1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[<ID>]",
        "[<text:0>]",
        "[<text:5000>]",
        "[<text:x>]",
        "[<number:3-1>]",
        "[<number:1>]",
        "[<row.age>]",
        "[<>]"
      })
  void a_placeholder_that_does_not_exist_is_refused(String text) {
    assertThatThrownBy(() -> template("a" + text))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining(text);
  }

  @Test
  void without_variables_a_placeholder_is_text_like_any_other() throws LoadException {
    Template template = Template.of("[<id>]".getBytes(StandardCharsets.UTF_8), Optional.empty());
    assertThat(template.constant()).isTrue();
    assertThat(write(template, new Values(VARIABLES, 0, 1))).isEqualTo("[<id>]");
  }
}
