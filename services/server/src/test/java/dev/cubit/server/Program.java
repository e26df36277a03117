package dev.cubit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program as a process of its own, as a user starts it. */
public final class Program implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+?:(\\d+)/");

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  public static Program start(Class<?> main, Map<String, String> environment, String... words)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(words));
    var out = Files.createTempFile("service", ".out");
    var err = Files.createTempFile("service", ".err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    var variables = builder.environment();
    variables.keySet().removeAll(List.of("PORT", "HOST", "EVENT_LOOPS", "BODY_BYTES", "LOG_LEVEL"));
    variables.put("LOG_FORMAT", "text");
    variables.putAll(environment);
    return new Program(builder.start(), out, err);
  }

  /** Waits for the line that names the address, and returns its port. */
  public int port() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !process.isAlive() || LISTENING.matcher(err()).find());
    var line = LISTENING.matcher(err());
    assertThat(line.find()).as("a line with the address in: %s", err()).isTrue();
    return Integer.parseInt(line.group(1));
  }

  /** Sends SIGTERM and returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for the end. */
  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("the program ends; %s", err()).isTrue();
    return process.exitValue();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
