package dev.cubit.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cubit as a user starts it: a process of its own, in a folder of its own. */
final class Program implements AutoCloseable {
  private static final int LONGEST_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  /**
   * What is left of it.
   *
   * @param out all of stdout
   * @param err all of stderr
   */
  record Ended(int exitCode, String out, String err) {
    /** For the message of an assertion. */
    @Override
    public String toString() {
      return "exit code " + exitCode + "\n--- stdout\n" + out + "\n--- stderr\n" + err;
    }
  }

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(Path folder, Map<String, String> environment, String... words)
      throws IOException {
    return start(folder, environment, command(words));
  }

  /** What the launcher would run. */
  static List<String> command(String... words) {
    List<String> all = new ArrayList<>(java());
    all.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=jdk.attach/sun.tools.attach=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcubit.home=" + Checkout.ROOT,
            "-cp",
            classPath(),
            "dev.cubit.cli.Main"));
    all.addAll(Arrays.asList(words));
    return all;
  }

  /** Any command, as the launcher. */
  static Program start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    Path out = Files.createTempFile(folder, "stdout", "");
    Path err = Files.createTempFile(folder, "stderr", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("PORT", "JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return new Program(builder.start(), out, err);
  }

  /** Runs it to its end. */
  static Ended run(Path folder, String... words) throws IOException, InterruptedException {
    try (Program program = start(folder, Map.of(), words)) {
      return program.ended();
    }
  }

  /** The program that runs Java programs. */
  static List<String> java() {
    return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** What a user has: not what only the tests of the architecture need. */
  static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("archunit"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  Ended ended() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still there after a minute; it wrote:\n" + errSoFar());
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** What it has written to stderr until now. */
  String errSoFar() throws IOException {
    return Files.readString(err);
  }

  /** Likewise to stdout. */
  String outSoFar() throws IOException {
    return Files.readString(out);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As by {@code kill -NAME}; Ctrl-C is INT. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** Ends, with no chance to clean up, what it has started and whose command has a word. */
  void killStarted(String word) {
    process
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(word))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The process of a target that has written its id into a file. */
  static boolean lives(Path pidFile) throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
        .map(ProcessHandle::isAlive)
        .orElse(false);
  }
}
