package dev.cubit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Looks at what a real child process writes to its stderr. */
final class LogsTest {
  private record Said(int exit, String out, String err) {}

  @Test
  void a_pipe_gets_one_json_object_a_line() throws Exception {
    var said = talk(Map.of());

    assertThat(said.out()).isEmpty();
    assertThat(said.err().lines()).hasSize(2);
    assertThat(said.err().lines().findFirst().orElseThrow())
        .startsWith("{\"timestamp\":")
        .contains("\"level\":\"INFO\"", "\"loggerName\":\"dev.cubit.talker\"")
        .contains("\"message\":\"3 clones of \\\"qr\\\"\\nare ready\"")
        .endsWith("}")
        .doesNotContain(",,")
        .doesNotContain(",}");
    assertThat(said.err().lines().skip(1).findFirst().orElseThrow())
        .contains("\"message\":\"a warning\"", "IllegalStateException", "the cause")
        .endsWith("}");
  }

  @Test
  void text_can_be_asked_for() throws Exception {
    var said = talk(Map.of("LOG_FORMAT", "Text"));

    assertThat(said.err().lines().findFirst().orElseThrow())
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  talker: 3 clones of \"qr\"");
    assertThat(said.err()).contains("java.lang.IllegalStateException: the cause");
  }

  @Test
  void a_terminal_gets_text() throws Exception {
    var script = Path.of("/usr/bin/script");
    assumeThat(Files.isExecutable(script)).isTrue();
    var line = String.join(" ", command().stream().map(word -> "'" + word + "'").toList());

    var said = run(Map.of(), List.of(script.toString(), "-qec", line, "/dev/null"));

    assertThat(said.out()).contains("INFO  talker: 3 clones").doesNotContain("\"level\"");
  }

  @Test
  void the_level_decides_what_is_written() throws Exception {
    assertThat(talk(Map.of("LOG_LEVEL", "error")).err()).isEmpty();
    assertThat(talk(Map.of("LOG_LEVEL", "WARN")).err()).contains("a warning");
    assertThat(talk(Map.of("LOG_LEVEL", "debug")).err())
        .contains("a detail")
        .doesNotContain("a library's detail");
    assertThat(talk(Map.of("LOG_LEVEL", "trace")).err()).contains("a trace", "a library's detail");
  }

  @Test
  void an_empty_value_counts_as_unset() throws Exception {
    assertThat(talk(Map.of("LOG_LEVEL", "", "LOG_FORMAT", "")).err()).startsWith("{");
  }

  @Test
  void a_bad_value_is_one_sentence() throws Exception {
    assertThat(talk(Map.of("LOG_LEVEL", "loud")))
        .isEqualTo(
            new Said(
                2, "", "LOG_LEVEL is 'loud'; set it to trace, debug, info, warn, error or off\n"));
    assertThat(talk(Map.of("LOG_FORMAT", "xml")))
        .isEqualTo(new Said(2, "", "LOG_FORMAT is 'xml'; set it to text or json\n"));
  }

  @Test
  void a_program_that_configures_nothing_shows_its_warnings_as_text() throws Exception {
    var words = new ArrayList<>(command());
    words.add("unasked");

    var said = run(Map.of(), words);

    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("WARN  talker: a warning").doesNotContain("3 clones");
  }

  private static Said talk(Map<String, String> environment) throws Exception {
    return run(environment, command());
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xshare:auto",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Talker.class.getName());
  }

  private static Said run(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    var out = Files.createTempFile("talker", ".out");
    var err = Files.createTempFile("talker", ".err");
    try {
      var builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("LOG_"));
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the child did not end within 20 s");
      }
      return new Said(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
