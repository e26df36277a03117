package dev.cubit.diagnose.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.rules.RuleFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmcRulesTest {
  @TempDir Path folder = Path.of("");

  /** This JVM's own, while it collects garbage again and again by command. */
  private Path recording() throws IOException, ParseException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
      recording.start();
      for (int i = 0; i < 20; i++) {
        System.gc();
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  @Test
  void rules_find_what_is_in_a_recording_and_the_worst_comes_first()
      throws DiagnoseException, IOException, ParseException {
    List<RuleFinding> findings = JmcRules.evaluate(recording());

    assertThat(findings).hasSizeGreaterThan(15);
    assertThat(findings).extracting(RuleFinding::id).noneMatch(id -> id.startsWith("Passwords"));
    assertThat(findings)
        .isSortedAccordingTo(Comparator.comparingDouble(RuleFinding::score).reversed());
    assertThat(findings)
        .allSatisfy(
            f -> {
              assertThat(f.rule()).isNotBlank();
              assertThat(f.summary()).isNotBlank().doesNotContain("{", "<p>");
              assertThat(f.explanation()).doesNotContain("<p>");
              assertThat(f.score()).isBetween(0.0, 100.0);
            });
    assertThat(findings)
        .filteredOn(f -> f.id().equals("FullGc"))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.severity()).isEqualTo(Severity.WARNING);
              assertThat(f.score()).isGreaterThanOrEqualTo(75);
              assertThat(f.summary()).contains("Full GC");
            });
  }

  @Test
  void what_is_no_recording_is_refused_with_a_sentence() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jfr"), "no recording at all");
    Path empty = Files.createFile(folder.resolve("empty.jfr"));

    assertThatThrownBy(() -> JmcRules.evaluate(text))
        .isInstanceOf(DiagnoseException.class)
        .hasMessageContaining("text.jfr cannot be read");
    assertThatThrownBy(() -> JmcRules.evaluate(empty))
        .isInstanceOf(DiagnoseException.class)
        .hasMessageContaining("empty.jfr cannot be read");
    assertThatThrownBy(() -> JmcRules.evaluate(folder.resolve("none.jfr")))
        .isInstanceOf(DiagnoseException.class)
        .hasMessageContaining("none.jfr cannot be read");
  }

  @Test
  void a_recording_that_is_cut_off_is_refused_or_read_but_never_a_surprise()
      throws IOException, ParseException {
    byte[] whole = Files.readAllBytes(recording());

    for (int part = 1; part < 8; part++) {
      Path cut = folder.resolve("cut.jfr");
      Files.write(cut, Arrays.copyOf(whole, whole.length * part / 8));
      try {
        assertThat(JmcRules.evaluate(cut)).isNotNull();
      } catch (DiagnoseException e) {
        assertThat(e).hasMessageContaining("cut.jfr cannot be read");
      }
    }
  }

  @Test
  void rules_have_no_longer_than_they_are_given() throws IOException, ParseException {
    Path file = recording();

    assertThatThrownBy(() -> JmcRules.evaluate(file, Duration.ZERO))
        .isInstanceOf(DiagnoseException.class)
        .hasMessageContaining("within 0 s");
  }
}
