package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All commands but {@code baseline}, through the front door. */
class OtherCommandsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void runs_are_kept_listed_compared_shown_and_removed() throws IOException, InterruptedException {
    // many more samples than a comparison needs: a machine that stalls makes few of many
    assertThat(cubit("baseline -q -d 3 -c 2 -L 50 --save before").exitCode()).isZero();
    assertThat(cubit("baseline -q -d 3 -c 2 -L 50 --save after").exitCode()).isZero();

    assertThat(cubit("runs").out()).contains("before", "after");
    assertThat(cubit("runs list --json").out()).startsWith("{").contains("\"before\"");
    assertThat(cubit("runs show before").out()).contains("│ Latency │");
    Program.Ended compared =
        cubit("compare before after --fail-if-slower 1000% --html difference.html");
    assertThat(compared.exitCode()).as(compared.toString()).isZero();
    assertThat(folder.resolve("difference.html")).content().contains("</html>");
    assertThat(cubit("compare before after --json").out().lines()).hasSize(1);

    Files.writeString(folder.resolve(".cubit/runs/after.json"), "{\"half\": ");
    Program.Ended damaged = cubit("runs");
    assertThat(damaged.exitCode()).as(damaged.toString()).isZero();
    assertThat(damaged.out()).contains("before");
    assertThat(damaged.err()).contains("after.json");

    assertThat(cubit("runs rm before after").exitCode()).isZero();
    assertThat(cubit("runs").out()).contains("no run is kept here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs show",
        "runs show none",
        "runs rm none",
        "runs forget x",
        "runs list x",
        "compare a",
        "compare none nothing",
        "compare a b --fail-if-slower much",
        "completion fish",
        "help nothing",
        "ceiling --rounds 0",
        "ceiling -R 50 http://localhost:1/",
        "ceiling --goal p99<1s",
        "bseline",
        "--wersion"
      })
  void what_cannot_be_is_one_line_and_exit_code_2(String words)
      throws IOException, InterruptedException {
    Program.Ended ended = cubit(words);

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("cubit: ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void the_ceiling_is_told_beside_the_target() throws IOException, InterruptedException {
    Program.Ended ended = cubit("ceiling -c 4 -d 0.5 -W 0.5s --rounds 2 --html page.html");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("qr", "hello");
    assertThat(ended.err()).contains("cubit: no URL was given");
    assertThat(folder.resolve("page.html")).content().contains("hello", "</html>");
  }

  @Test
  void a_target_that_answers_nothing_has_no_ceiling() throws IOException, InterruptedException {
    Program.Ended ended = cubit("ceiling -q -d 0.5 -W 0.5s http://127.0.0.1:1/");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("answers nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ceiling", "compare", "runs", "completion", "help"})
  void every_command_has_a_page_with_examples(String command)
      throws IOException, InterruptedException {
    Program.Ended ended = cubit(command + " --help");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Usage:", "Examples:", "cubit " + command);
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void the_first_page_tells_of_commands_exit_codes_files_and_environment()
      throws IOException, InterruptedException {
    assertThat(cubit("--help").out())
        .contains("baseline", "ceiling", "compare", "runs", "completion")
        .contains("Exit codes:", "Files:", "Environment:", "PORT", "130")
        .isEqualTo(cubit("help").out())
        .isEqualTo(cubit("").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-v", "baseline --version"})
  void the_version_is_that_of_the_build(String words) throws IOException, InterruptedException {
    String pom = Files.readString(Checkout.ROOT.resolve("pom.xml"));

    assertThat(pom).contains("<version>" + Version.NUMBER + "</version>");
    assertThat(cubit(words).out()).startsWith("cubit " + Version.NUMBER + " (Java ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void the_completion_script_completes(String shell) throws IOException, InterruptedException {
    Program.Ended script = cubit("completion " + shell);
    Path file = Files.writeString(folder.resolve("completion"), script.out());

    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '"
                    + file
                    + "'; COMP_WORDS=(cubit baseline --conn); COMP_CWORD=2; _complete_cubit;"
                    + " echo \"${COMPREPLY[@]}\"; complete -p cubit")
            .redirectErrorStream(true)
            .start();
    String said =
        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("--connections").contains("_complete_cubit");
  }

  private Program.Ended cubit(String words) throws IOException, InterruptedException {
    return Program.run(folder, words.isEmpty() ? new String[0] : words.split(" ", -1));
  }
}
