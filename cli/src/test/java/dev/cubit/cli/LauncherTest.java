package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./cubit}, in a checkout made up for the test: the launcher itself, a jar that points to
 * the classes under test, and where one is wanted a Maven that only says it builds.
 */
class LauncherTest {
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir Path folder = Path.of("");
  private Path checkout = Path.of("");
  private Path tools = Path.of("");

  @BeforeEach
  void make_a_checkout_with_a_space_in_its_name() throws IOException {
    checkout = Files.createDirectories(folder.resolve("a b/checkout"));
    tools = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        List.of(
            "sh",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch")) {
      Path found =
          Stream.of("/usr/bin", "/bin")
              .map(bin -> Path.of(bin, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(tool), found);
    }
    String launcher = Files.readString(Checkout.ROOT.resolve("cubit"));
    // other JDKs of this machine are none of the test's
    script(
        checkout.resolve("cubit"), launcher.replaceAll("/usr/lib/jvm/\\*|/opt/\\*", "/nowhere/*"));
  }

  @Test
  void it_runs_through_a_link_from_another_folder() throws IOException, InterruptedException {
    built();
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("cubit"));

    Program.Ended ended = run(link, "--version");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).startsWith("cubit " + Version.NUMBER);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void the_exit_code_of_the_command_is_its_own() throws IOException, InterruptedException {
    built();

    Program.Ended ended = run(checkout.resolve("cubit"), "runs", "show", "none");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).startsWith("cubit: ").hasLineCount(1);
  }

  /** The JDK's reader of recordings fails on them where the launcher turns all logging off. */
  @Test
  void recordings_of_async_profiler_are_read_under_its_flags()
      throws IOException, InterruptedException {
    built();
    Path pid = folder.resolve("pid");
    List<String> server = TinyServer.command(pid, 0);
    try (Program target = Program.start(folder, Map.of("PORT", "0"), server)) {
      await().until(() -> Files.exists(pid) && !Files.readString(pid).isEmpty());

      Program.Ended ended =
          run(
              checkout.resolve("cubit"),
              "flame",
              "--profiler",
              "async",
              "-d",
              "1",
              "--json",
              "--pid",
              Files.readString(pid).strip());

      assertThat(ended.exitCode()).as(ended.toString()).isZero();
      assertThat(ended.out()).contains("\"engine\":");
      assertThat(target.errSoFar()).isEmpty();
    }
  }

  @Test
  void without_a_jdk_it_says_what_to_install() throws IOException, InterruptedException {
    built();

    Program.Ended ended =
        run(Map.of("JAVA_HOME", "/nowhere"), checkout.resolve("cubit"), "--version");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).startsWith("cubit: needs a JDK 25").hasLineCount(1);
  }

  @Test
  void an_older_jdk_is_passed_over() throws IOException, InterruptedException {
    built();
    Path old = Files.createDirectories(folder.resolve("jdk-21/bin"));
    script(old.resolve("java"), "#!/bin/sh\necho old\n");
    Files.writeString(folder.resolve("jdk-21/release"), "JAVA_VERSION=\"21.0.1\"\n");
    Files.createSymbolicLink(tools.resolve("java"), Path.of(JAVA_HOME, "bin/java"));

    Program.Ended ended =
        run(
            Map.of("JAVA_HOME", folder.resolve("jdk-21").toString()),
            checkout.resolve("cubit"),
            "--version");

    assertThat(ended.out()).as(ended.toString()).startsWith("cubit ");
  }

  @Test
  void without_a_build_and_without_maven_it_says_what_to_install()
      throws IOException, InterruptedException {
    Program.Ended ended = run(checkout.resolve("cubit"), "--version");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).contains("needs Maven").hasLineCount(1);
  }

  @Test
  void it_builds_on_first_use_and_says_how_far_it_is() throws IOException, InterruptedException {
    maven(
        "echo '[INFO] Building Cubit: cubit-load 0.1.0       [2/3]'; sleep 1; mv made"
            + " cli/out/cubit.jar");
    jar(checkout.resolve("made"));

    Program.Ended ended = run(checkout.resolve("cubit"), "--version");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err()).contains("cubit: building", "cubit:   2/3 Cubit: cubit-load\n");
    assertThat(ended.out()).startsWith("cubit ");
    assertThat(run(checkout.resolve("cubit"), "--version").err()).isEmpty();
  }

  @Test
  void a_build_that_fails_is_told_with_the_end_of_its_story()
      throws IOException, InterruptedException {
    maven("echo '[ERROR] no such symbol'; exit 1");

    Program.Ended ended = run(checkout.resolve("cubit"), "--version");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).contains("[ERROR] no such symbol", "could not be built", "build.log");
    assertThat(checkout.resolve("cli/out/lock")).doesNotExist();
  }

  @Test
  void two_first_uses_at_once_build_once() throws IOException, InterruptedException {
    maven("echo once >> builds; sleep 1; mv made cli/out/cubit.jar");
    jar(checkout.resolve("made"));
    List<String> command = List.of(checkout.resolve("cubit").toString(), "--version");

    try (Program one = Program.start(folder, environment(), command);
        Program two = Program.start(folder, environment(), command)) {
      assertThat(one.ended().out()).startsWith("cubit ");
      assertThat(two.ended().out()).startsWith("cubit ");
    }
    assertThat(checkout.resolve("builds")).hasContent("once");
  }

  @Test
  void what_a_killed_build_has_left_is_no_hindrance() throws IOException, InterruptedException {
    maven("mv made cli/out/cubit.jar");
    jar(checkout.resolve("made"));
    Files.createDirectories(checkout.resolve("cli/out"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(checkout.resolve("cli/out/lock"), Path.of(Long.toString(gone.pid())));

    assertThat(run(checkout.resolve("cubit"), "--version").out()).startsWith("cubit ");
    assertThat(checkout.resolve("cli/out/lock")).doesNotExist();
  }

  @Test
  void newer_sources_are_built() throws IOException, InterruptedException {
    built();
    maven("echo again >> builds");
    Path source = Files.createDirectories(checkout.resolve("load/src/main")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
    Files.setLastModifiedTime(
        checkout.resolve("cli/out/cubit.jar"), FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(run(checkout.resolve("cubit"), "--version").out()).startsWith("cubit ");
    assertThat(checkout.resolve("builds")).hasContent("again");
  }

  private void built() throws IOException {
    Files.createDirectories(checkout.resolve("cli/out"));
    jar(checkout.resolve("cli/out/cubit.jar"));
    // a cache that is there, and of no use: to make one takes seconds
    Files.createFile(checkout.resolve("cli/out/aot-" + System.getProperty("java.runtime.version")));
  }

  /** A jar with nothing in it but the way to the classes under test. */
  private static void jar(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(Program.classPath().split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
  }

  private void maven(String does) throws IOException {
    script(tools.resolve("mvn"), "#!/bin/sh\n" + does + "\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Map<String, String> environment() {
    return Map.of("JAVA_HOME", JAVA_HOME, "PATH", tools.toString(), "HOME", folder.toString());
  }

  private Program.Ended run(Path launcher, String... words)
      throws IOException, InterruptedException {
    return run(Map.of(), launcher, words);
  }

  private Program.Ended run(Map<String, String> more, Path launcher, String... words)
      throws IOException, InterruptedException {
    Map<String, String> all = new java.util.HashMap<>(environment());
    all.putAll(more);
    List<String> command = Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList();
    try (Program program = Program.start(folder, all, command)) {
      return program.ended();
    }
  }
}
