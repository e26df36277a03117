package dev.cubit.diagnose.flight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is recorded costs the service: nothing is asked for that no tool reads. */
class SettingsTest {
  private static String event(Settings settings, int feature, String name) {
    String xml = settings.xml(feature);
    int begin = xml.indexOf("<event name=\"jdk." + name + "\">");
    return begin < 0 ? "" : xml.substring(begin, xml.indexOf("</event>", begin));
  }

  @ParameterizedTest
  @EnumSource(Settings.class)
  @EnabledOnOs(OS.LINUX)
  void running_code_is_sampled_in_one_way(Settings settings) {
    assertThat(event(settings, 25, "CPUTimeSample")).contains("10 ms");
    assertThat(event(settings, 25, "ExecutionSample")).isEmpty();
    assertThat(event(settings, 21, "CPUTimeSample")).isEmpty();
    assertThat(event(settings, 21, "ExecutionSample")).contains("20 ms");
  }

  @Test
  void only_the_heap_tool_pays_for_the_stacks_of_survivors() {
    String stacks = "<setting name=\"stackTrace\">true</setting>";

    assertThat(event(Settings.HEAP, 25, "OldObjectSample")).contains(stacks);
    assertThat(event(Settings.DOCTOR, 25, "OldObjectSample")).isNotEmpty().doesNotContain(stacks);
    assertThat(event(Settings.FLAME, 25, "OldObjectSample")).isEmpty();
    assertThat(event(Settings.BUBBLE, 25, "OldObjectSample")).isEmpty();
  }
}
