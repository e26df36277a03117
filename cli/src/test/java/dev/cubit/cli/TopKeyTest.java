package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What terminals send for which key. */
class TopKeyTest {
  private static List<TopKey> keys(String sent) throws IOException {
    int[] at = {0};
    TopKey.Characters characters =
        within -> at[0] < sent.length() ? sent.charAt(at[0]++) : TopKey.Characters.NOT_YET;
    List<TopKey> keys = new ArrayList<>();
    while (at[0] < sent.length()) {
      keys.add(TopKey.next(characters, 1));
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({
    "q, QUIT", "?, HELP", "^C, CTRL_C", "^[[A, UP", "^[OB, DOWN", "^[[5~, PAGE_UP",
        "^[[6~, PAGE_DOWN",
    "^[[H, HOME", "^[[4~, END", "^[[1~, HOME", "j, DOWN", "^[, OTHER", "^[[1;5A, UP",
        "^[[15~, OTHER",
    "x, OTHER"
  })
  void it_is_that_one(String sent, TopKey.Plain key) throws IOException {
    assertThat(keys(sent.replace("^[", "\u001b").replace("^C", "\u0003"))).containsExactly(key);
  }

  @ParameterizedTest
  @CsvSource({"c, CPU", "m, MEMORY", "r, REQUESTS", "p, P99", "n, NAME"})
  void rows_are_sorted_by(String sent, TopSort by) throws IOException {
    assertThat(keys(sent + "\u001b[B")).containsExactly(new TopKey.Sort(by), TopKey.Plain.DOWN);
  }

  @Property(tries = 500)
  void nothing_that_is_sent_is_a_bug(@ForAll String sent) throws IOException {
    assertThat(keys(sent)).doesNotContainNull();
  }
}
