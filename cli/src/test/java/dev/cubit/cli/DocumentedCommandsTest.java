package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command line that the pages and the help show is one that Cubit takes. */
class DocumentedCommandsTest {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
  private static final Pattern LINE = Pattern.compile("(?m)^(?:\\./)?cubit (?!\\.\\.\\.).*$");

  /** What follows is for the shell, and here not to be done. */
  private static final Pattern REST = Pattern.compile(" (?:>|\\||&&).*");

  private static final Pattern EXAMPLE = Pattern.compile("(?m)^  (cubit .*?)(?: {2,}.*)?$");

  @ParameterizedTest
  @MethodSource("lines")
  void it_is_taken(String line) throws IOException, InterruptedException {
    List<String> words = words(line);

    assertThat(words).isNotEmpty();
    assertThatCode(
            () -> Cubit.commandLine().parseArgs(Words.of(words).words().toArray(String[]::new)))
        .as(words.toString())
        .doesNotThrowAnyException();
  }

  @Test
  void there_are_such_lines_on_the_pages_and_in_the_help() throws IOException {
    assertThat(lines()).hasSizeGreaterThan(40);
  }

  static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages()) {
      FENCE
          .matcher(Files.readString(page).replace("\\\n", " "))
          .results()
          .flatMap(fence -> LINE.matcher(fence.group(1)).results())
          .forEach(line -> lines.add(line.group()));
    }
    CommandLine cubit = Cubit.commandLine();
    Stream.concat(Stream.of(cubit), cubit.getSubcommands().values().stream())
        .flatMap(command -> EXAMPLE.matcher(command.getUsageMessage()).results())
        .forEach(example -> lines.add(example.group(1)));
    return lines;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> root = Files.list(Checkout.ROOT);
        Stream<Path> docs = Files.walk(Checkout.ROOT.resolve("docs"))) {
      return Stream.concat(root, docs).filter(p -> p.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** As a shell takes them apart. */
  private static List<String> words(String line) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder(
                "bash",
                "-c",
                "cubit() { printf '%s\\0' \"$@\"; }; "
                    + REST.matcher(line.replaceFirst("^\\./", "")).replaceFirst(""))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(line).isZero();
    return Arrays.asList(words.substring(0, Math.max(0, words.length() - 1)).split("\0", -1));
  }
}
