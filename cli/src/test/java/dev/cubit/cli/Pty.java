package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.ScreenTerminal;

/**
 * Cubit on a terminal of its own, by script(1) of util-linux: keys go in, and what it has drawn is
 * interpreted as a terminal does.
 */
final class Pty implements AutoCloseable {
  private final Process script;
  private final Path folder;
  private final Path drawn;
  private int rows;
  private int columns;

  private Pty(Process script, Path folder, Path drawn, int rows, int columns) {
    this.script = script;
    this.folder = folder;
    this.drawn = drawn;
    this.rows = rows;
    this.columns = columns;
  }

  /** Starts a command on a terminal of that size, in a folder in which a system may be up. */
  static Pty start(Path where, int rows, int columns, String... words) throws IOException {
    Path folder = Files.createTempDirectory(where, "pty");
    String command =
        Program.command(words).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    String all =
        "stty rows %d cols %d; tty > %s/tty; stty -a > %s/before; %s; echo $? > %s/code; stty -a > %s/after"
            .formatted(rows, columns, folder, folder, command, folder, folder);
    Path drawn = folder.resolve("drawn");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qfc", all, "/dev/null")
            .directory(where.toFile())
            .redirectOutput(drawn.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "NO_COLOR"));
    builder.environment().putAll(Map.of("TERM", "xterm-256color", "SHELL", "/bin/sh"));
    return new Pty(builder.start(), folder, drawn, rows, columns);
  }

  /** All that was written to the terminal, as it was. */
  String raw() throws IOException {
    return Files.readString(drawn, StandardCharsets.ISO_8859_1);
  }

  /** The lines of the screen. */
  List<String> screen() {
    ScreenTerminal screen = new ScreenTerminal(columns, rows);
    try {
      screen.write(raw());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    long[] cells = new long[columns * rows];
    screen.dump(cells, new int[2]);
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        int c = ScreenTerminal.cellCodePoint(cells[row * columns + column]);
        line.appendCodePoint(c == 0 ? ' ' : c);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Waits for the screen to be so. */
  List<String> await(String what, Predicate<List<String>> isSo) {
    return org.awaitility.Awaitility.await(what)
        .atMost(Upped.LONG)
        .until(
            () -> {
              assertThat(script.isAlive()).as(String.join("\n", screen())).isTrue();
              return screen();
            },
            isSo);
  }

  /** Waits for words on it. */
  List<String> awaitWords(String words) {
    return await(words, screen -> String.join("\n", screen).contains(words));
  }

  Pty press(String keys) throws IOException {
    OutputStream in = script.getOutputStream();
    in.write(keys.getBytes(StandardCharsets.US_ASCII));
    in.flush();
    return this;
  }

  /** As a window that is made larger or smaller. */
  void resize(int toRows, int toColumns) throws IOException, InterruptedException {
    String tty = Files.readString(folder.resolve("tty")).strip();
    new ProcessBuilder("stty", "-F", tty, "rows", "" + toRows, "cols", "" + toColumns)
        .start()
        .waitFor();
    rows = toRows;
    columns = toColumns;
  }

  /** As by kill; there is one Java program on it. */
  void terminate() {
    Stream<ProcessHandle> below = script.descendants();
    below
        .filter(p -> p.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .orElseThrow()
        .destroy();
  }

  /** Waits for its end, and gives its exit code. */
  int exitCode() throws IOException, InterruptedException {
    assertThat(script.waitFor(60, TimeUnit.SECONDS)).as(String.join("\n", screen())).isTrue();
    return Integer.parseInt(Files.readString(folder.resolve("code")).strip());
  }

  /** Whether the terminal is as it was before: its settings, its screen, its cursor. */
  void isGivenBack() throws IOException {
    assertThat(settings("after")).isEqualTo(settings("before"));
    String all = raw();
    assertThat(all.lastIndexOf("\u001b[?1049l")).isGreaterThan(all.lastIndexOf("\u001b[?1049h"));
    assertThat(all.lastIndexOf("\u001b[?25h")).isGreaterThan(all.lastIndexOf("\u001b[?25l"));
  }

  /** But its size, which a test may have changed. */
  private List<String> settings(String when) throws IOException {
    return Files.readAllLines(folder.resolve(when)).stream()
        .filter(line -> !line.contains("rows"))
        .toList();
  }

  @Override
  public void close() {
    script.descendants().forEach(ProcessHandle::destroyForcibly);
    script.destroyForcibly();
  }
}
