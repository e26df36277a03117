package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium. */
record Browser(Path program) {
  static Browser find() {
    var path = System.getenv().getOrDefault("PATH", "");
    var found =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Arrays.stream(path.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assertThat(found).as("a Chromium on the PATH; Debian's package is chromium").isPresent();
    return new Browser(found.orElseThrow());
  }

  /** Opens a page, waits until it is still, and returns the document as it then is. */
  String dom(String url, Path scratch) throws IOException, InterruptedException {
    var dom = scratch.resolve("dom.html");
    run(scratch, dom, List.of("--virtual-time-budget=5000", "--dump-dom", url));
    return Files.readString(dom);
  }

  /** What the page wrote or failed with, in all runs so far. */
  List<String> console(Path scratch) throws IOException {
    try (var lines = Files.lines(scratch.resolve("browser.log"))) {
      return lines.filter(line -> line.contains("CONSOLE")).toList();
    }
  }

  void screenshot(String url, Path scratch, Path picture, String... more)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--virtual-time-budget=5000", "--screenshot=" + picture, url));
    run(scratch, scratch.resolve("out"), words);
  }

  private void run(Path scratch, Path out, List<String> words)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
            "--user-data-dir=" + scratch.resolve("profile"),
            "--window-size=1100,800"));
    command.addAll(words);
    var log = scratch.resolve("browser.log");
    var process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
