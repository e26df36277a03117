package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlainProperties {
  @Property
  void no_text_can_steer_a_terminal_or_end_its_line(@ForAll String text) {
    String line = Plain.line(text);

    assertThat(line.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> c == 0x2028 || c == 0x2029)
        .noneMatch(c -> c >= 0x202A && c <= 0x202E);
    assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(301);
  }

  @Property
  void no_text_leaves_its_element_in_a_page(@ForAll String text) {
    assertThat(Page.escaped(text)).doesNotContain("<", ">", "\"", "'");
  }

  @Example
  void what_is_readable_stays_as_it_is() {
    assertThat(Plain.line("Grüße, 世界 \ud83d\ude00 <b>")).isEqualTo("Grüße, 世界 \ud83d\ude00 <b>");
    assertThat(Plain.line("a\tb\r\nc")).isEqualTo("a b  c");
    assertThat(Plain.line("\u001b[2J \u009b1m \u202e \ud83d")).isEqualTo("�[2J �1m � �");
  }
}
