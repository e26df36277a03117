package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code doctor, flame, bubble, heap} as a user starts them, on real servers of the zoo. */
class DiagnoseCommandsTest {
  private static final String ZOO = Checkout.ROOT.resolve("bench/zoo/out/zoo.jar").toString();
  private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

  @TempDir Path folder = Path.of("");

  /** Not a dependency of cli: then everybody's first build would build the zoo. */
  @BeforeAll
  static void the_zoo_is_built() {
    assertThat(Path.of(ZOO)).as("run mvn verify at the root").exists();
  }

  private Program.Ended cubit(String tool, List<String> words, String server)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(tool, "-W", "1s", "-d", "3"));
    all.addAll(words);
    all.addAll(List.of("--", JAVA, "-Xmx256m", "-jar", ZOO, server));
    return Program.run(folder, all.toArray(String[]::new));
  }

  private Path result(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(".cubit/diagnoses"))) {
      return files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
    }
  }

  /** Waits, which do not depend on how busy the machine is that runs this. */
  @ParameterizedTest
  @CsvSource({
    "lock-virtual-monitor, 16, /seat, lock, dev.cubit.zoo.SeatPlan.answer",
    "pool-servlet-jdbc, 32, /orders, pool, dev.cubit.zoo.Orders.answer",
    "loop-vertx-call, 16, /stock, event-loop, dev.cubit.zoo",
    "downstream-virtual-client, 32, /stock, downstream, dev.cubit.zoo"
  })
  void the_first_diagnosis_is_right_and_names_the_place(
      String server, String connections, String path, String cause, String place)
      throws IOException, InterruptedException {
    Program.Ended ended =
        cubit("doctor", List.of("--json", "--load", "[", "-c", connections, path, "]"), server);

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    JsonNode found = JsonMapper.shared().readTree(ended.out());
    assertThat(found.get("cause").asString()).as(ended.out()).isEqualTo(cause);
    assertThat(found.get("unexplainedShare").asDouble()).as(ended.out()).isLessThan(0.3);
    assertThat(found.at("/findings/0/stacks").toString()).contains(place);
    assertThat(result("doctor.html")).content().contains("</html>");
    assertThat(result("recording.jfr")).isNotEmptyFile();
  }

  @Test
  void a_recording_is_read_again_by_every_tool() throws IOException, InterruptedException {
    Program.Ended collected =
        cubit(
            "bubble", List.of("--collect-only", "-n", "-c", "16", "/seat"), "lock-virtual-monitor");
    assertThat(collected.exitCode()).as(collected.toString()).isZero();
    String recording = folder.resolve(collected.out().strip()).toString();
    assertThat(Path.of(recording)).isNotEmptyFile();

    for (String tool : List.of("doctor", "flame", "bubble", "heap")) {
      Program.Ended ended = Program.run(folder, tool, "--recording", recording, "--json");
      assertThat(ended.exitCode()).as(ended.toString()).isZero();
      assertThat(JsonMapper.shared().readTree(ended.out()).isObject()).isTrue();
      assertThat(result(tool + ".html")).content().contains("</html>");
    }
    Program.Ended exported =
        Program.run(
            folder,
            "flame",
            "--recording",
            recording,
            "--against",
            recording,
            "--collapsed",
            "stacks.txt",
            "--speedscope",
            "stacks.json");
    assertThat(exported.exitCode()).as(exported.toString()).isZero();
    assertThat(folder.resolve("stacks.txt")).content().containsPattern("(?m)^\\S+;\\S.* \\d+$");
    assertThat(folder.resolve("stacks.json")).content().contains("\"type\":\"sampled\"");
  }

  @Test
  void async_profiler_sees_java_native_code_and_the_jvm_and_its_file_is_read_again()
      throws IOException, InterruptedException {
    Program.Ended ended =
        cubit(
            "flame",
            List.of(
                "--profiler",
                "async",
                "--json",
                "--load",
                "[",
                "-c",
                "16",
                "/fingerprint?of=me",
                "]"),
            "cpu-virtual-digest");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    JsonNode found = JsonMapper.shared().readTree(ended.out());
    assertThat(found.get("engine").asString()).isIn("perf_events", "ctimer", "itimer");
    assertThat(found.at("/cpu/byParty/jvm").asDouble()).as(ended.out()).isPositive();
    assertThat(found.at("/cpu/hottest").toString())
        .contains("sun.security.provider.", " (libjvm)", "\"party\":\"jvm\"");
    assertThat(found.at("/allocation/total").asDouble()).isPositive();
    Path recording = result("recording.jfr");
    assertThat(recording.resolveSibling("libasyncProfiler.so")).doesNotExist();

    Program.Ended again = Program.run(folder, "flame", "--recording", recording.toString());
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.out()).contains("Sampled by async-profiler", "sun.security.provider.");
  }

  @Test
  void of_a_target_that_is_killed_async_profiler_has_written_all_but_the_last_seconds()
      throws IOException, InterruptedException {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "flame",
            "--profiler",
            "async",
            "-W",
            "1s",
            "-d",
            "20",
            "--load",
            "[",
            "-c",
            "16",
            "/fingerprint?of=me",
            "]",
            "--",
            JAVA,
            "-Xmx256m",
            "-jar",
            ZOO,
            "cpu-virtual-digest")) {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> program.errSoFar().contains("running 8s/20s"));
      program.killStarted("zoo.jar");
      Program.Ended ended = program.ended();

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
      assertThat(ended.err()).contains("the target ended while it was recorded");
      assertThat(ended.out()).contains("sun.security.provider.");
    }
  }

  @Test
  void a_jvm_that_loads_no_agents_is_told_so() throws IOException, InterruptedException {
    Program.Ended ended =
        Program.run(
            folder,
            "flame",
            "--profiler",
            "async",
            "-n",
            "-W",
            "none",
            "--load",
            "[",
            "/",
            "]",
            "--",
            JAVA,
            "-XX:-EnableDynamicAgentLoading",
            "-jar",
            ZOO,
            "generator-jdk");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err())
        .contains("Dynamic agent loading is not enabled", "leave --profiler async out")
        .hasLineCount(1);
  }

  @Test
  void ctrl_c_ends_a_recording_without_a_load_tells_it_and_ends_the_target()
      throws IOException, InterruptedException {
    try (Program program =
        Program.start(
            folder, Map.of(), "doctor", "--", JAVA, "-Xmx256m", "-jar", ZOO, "healthy-jdk")) {
      await().until(() -> program.errSoFar().contains("Ctrl-C ends it"));
      program.signal("INT");
      Program.Ended ended = program.ended();

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.INTERRUPTED);
      assertThat(ended.out()).contains("Not enough evidence");
      assertThat(result("doctor.html")).content().contains("</html>");
    }
  }

  @Test
  void a_target_that_is_killed_gives_what_was_recorded_until_then()
      throws IOException, InterruptedException {
    try (Program program =
        Program.start(
            folder,
            Map.of(),
            "doctor",
            "-W",
            "1s",
            "-d",
            "20",
            "--load",
            "[",
            "-c",
            "16",
            "/seat",
            "]",
            "--",
            JAVA,
            "-Xmx256m",
            "-jar",
            ZOO,
            "lock-virtual-monitor")) {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> program.errSoFar().contains("running 4s/20s"));
      program.killStarted("zoo.jar");
      Program.Ended ended = program.ended();

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
      assertThat(ended.err()).contains("the target ended while it was recorded");
      assertThat(ended.out()).contains("waiting for a lock");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor",
        "doctor --load [ / ]",
        "doctor --load [ -c 5 /",
        "doctor -c 5 -- java -version",
        "doctor --pid 1 --recording x.jfr",
        "doctor --recording none.jfr",
        "doctor --recording none.jfr -c 5 /",
        "doctor --pid 99999999",
        "doctor --on-port true",
        "doctor --on-port true / -- java",
        "doctor http://example.invalid:1/ --",
        "flame --recording none.jfr",
        "flame --against none.jfr -- java -version",
        "flame --profiler perf / -- java -version",
        "flame --profiler async --recording none.jfr",
        "doctor --profiler async / -- java -version",
        "bubble --profiler async --pid 1",
        "heap --profiler async --pid 1",
        "bubble --recording none.jfr",
        "heap --recording none.jfr"
      })
  void what_cannot_be_is_one_line_and_exit_code_2(String words)
      throws IOException, InterruptedException {
    Program.Ended ended = Program.run(folder, words.split(" ", -1));

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err().lines()).as(ended.err()).hasSize(1);
    assertThat(ended.err()).startsWith("cubit: ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void a_command_without_a_jvm_is_told_so() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/python3")), "no python3: no server without a JVM");
    Program.Ended ended =
        Program.run(
            folder,
            "doctor",
            "-n",
            "--load",
            "[",
            "/",
            "]",
            "--",
            "python3",
            "-c",
            "import http.server, os; http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])),"
                + " http.server.BaseHTTPRequestHandler).serve_forever()");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("there is no JVM among the processes");
  }

  @Test
  void files_that_are_no_recording_are_told_so() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("text.jfr"), "hello");

    Program.Ended ended = Program.run(folder, "heap", "--recording", file.toString());

    assertThat(ended.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).contains("is not a flight recording").hasLineCount(1);
  }
}
