package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cubit top} on a real terminal. */
class TopCommandTest {
  @TempDir Path folder = Path.of("");

  private static String line(List<String> screen, String with) {
    return screen.stream().filter(line -> line.contains(with)).findFirst().orElse("");
  }

  @Test
  void it_follows_the_system_keys_and_the_size_of_the_terminal() throws Exception {
    String api = "api: { run: '%s', route: /, clones: 2 }".formatted(Upped.server());
    try (Upped up = Upped.of(folder, api);
        Pty top = Pty.start(folder, 30, 120, "top", "--every", "300ms")) {
      List<String> screen = top.awaitWords("api.2");
      assertThat(screen.getFirst()).startsWith("cubit  " + up.address()).contains("cubit.yaml");
      assertThat(line(screen, "NAME")).contains("STATE", "PID", "UPTIME", "CPU", "P99");
      assertThat(line(screen, "  api.1")).contains(" ready ");
      assertThat(line(screen, "api.1 takes requests")).matches("\\d\\d:\\d\\d:\\d\\d {2}.*");
      assertThat(screen.getLast()).contains("q quit", "sorted by CPU");

      top.press("r").awaitWords("sorted by requests a second");
      top.press("?").awaitWords("sort by memory");
      top.press("?").awaitWords("api.2");

      up.cubit("clones", "api=12");
      top.awaitWords("12 of 12");
      top.resize(16, 60);
      screen = top.awaitWords("rows 1-");
      assertThat(screen).hasSize(16);
      assertThat(line(screen, "NAME")).contains("CPU", "P99").doesNotContain("PID");
      top.press("\u001b[6~\u001b[6~\u001b[6~").awaitWords("-13 of 13");

      top.press("q");
      assertThat(top.exitCode()).isZero();
      top.isGivenBack();
      assertThat(top.screen()).noneMatch(line -> line.contains("api"));
    }
  }

  @Test
  void the_terminal_is_given_back_in_every_way_of_leaving() throws Exception {
    String api = "api: { run: '%s', route: / }".formatted(Upped.server());
    try (Upped up = Upped.of(folder, api)) {
      try (Pty top = Pty.start(folder, 24, 80, "top")) {
        top.awaitWords("api.1");
        top.press("\u0003");
        assertThat(top.exitCode()).isEqualTo(Exit.INTERRUPTED);
        top.isGivenBack();
      }
      try (Pty top = Pty.start(folder, 24, 80, "top")) {
        top.awaitWords("api.1");
        top.terminate();
        assertThat(top.exitCode()).isEqualTo(Exit.INTERRUPTED);
        top.isGivenBack();
      }
      try (Pty top = Pty.start(folder, 24, 80, "top")) {
        top.awaitWords("api.1");
        up.cubit("down");
        assertThat(top.exitCode()).isZero();
        top.isGivenBack();
        assertThat(top.screen()).contains("cubit: the system has ended");
      }
    }
  }

  @Test
  void one_that_does_not_answer_for_a_while_keeps_its_last_screen() throws Exception {
    String api = "api: { run: '%s', route: / }".formatted(Upped.server());
    try (Upped up = Upped.of(folder, api);
        Pty top = Pty.start(folder, 24, 80, "top")) {
      top.awaitWords("api.1");

      up.program().signal("STOP");
      List<String> screen = top.awaitWords("cubit up has not answered since ");
      assertThat(line(screen, "  api.1")).contains(" ready ");
      assertThat(screen.getLast()).contains("q quit");

      up.program().signal("CONT");
      top.await("an answer", lines -> lines.getLast().startsWith("q quit"));
    }
  }

  @Test
  void without_a_terminal_it_says_what_to_do_instead() throws Exception {
    Program.Ended ended = Program.run(folder, "top");

    assertThat(ended.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).hasLineCount(1).contains("cubit ps --json");
  }
}
