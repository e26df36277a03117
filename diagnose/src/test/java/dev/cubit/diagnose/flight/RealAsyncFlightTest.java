package dev.cubit.diagnose.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.flame.FlameGraph;
import dev.cubit.diagnose.flame.Lens;
import dev.cubit.diagnose.flame.Method;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Window;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs that load async-profiler's library. */
class RealAsyncFlightTest {
  /** Says a line when it is up, works when told, says a line when it has. */
  private static final String PROGRAM =
      """
      import java.io.*;
      class Mill {
        static final Object STONE = new Object();
        static final byte[] SACK = new byte[1 << 20];
        static int grind(int n) { return n < 2 ? n : grind(n - 1) + grind(n - 2); }
        static byte[] fill() { return new byte[10_000]; }
        static void rest() throws Exception { Thread.sleep(300); }
        static void turn() throws Exception { synchronized (STONE) { Thread.sleep(20); } }
        static void carry() throws Exception {
          try (InputStream in = new FileInputStream("/dev/zero")) {
            for (int i = 0; i < 3_000; i++) in.read(SACK);
          }
        }
        static void turns() { try { for (int i = 0; i < 20; i++) turn(); } catch (Exception e) {} }
        public static void main(String[] words) throws Exception {
          System.out.println("up");
          while (System.in.read() >= 0) {
            Thread other = new Thread(Mill::turns);
            other.start();
            turns();
            other.join();
            int sum = grind(37);
            carry();
            for (int i = 0; i < 20_000; i++) sum += fill().length;
            rest();
            System.out.println("done " + sum);
          }
        }
      }
      """;

  @TempDir Path folder = Path.of("");
  private final List<Process> started = new ArrayList<>();

  @BeforeAll
  static void there_is_a_library_for_this_machine() {
    assumeTrue(
        System.getProperty("os.arch").matches("amd64|aarch64"),
        "async-profiler has no library for this processor");
  }

  @AfterEach
  void end_all() {
    for (Process process : started) {
      process.destroyForcibly();
      assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }
  }

  private Process start(String... flags) throws IOException {
    Path source = Files.writeString(folder.resolve("Mill.java"), PROGRAM);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx200m", "-XX:+UseSerialGC"));
    words.addAll(List.of(flags));
    words.add(source.toString());
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process;
  }

  private static void work(Process process, BufferedReader out) throws IOException {
    process.getOutputStream().write('x');
    process.getOutputStream().flush();
    assertThat(out.readLine()).startsWith("done");
  }

  private FlameGraph graph(Recording recording, Lens lens) {
    Parties parties = Parties.of(List.of("Mill"), "", folder);
    return FlameGraph.of(recording, parties, lens, Window.whole(recording));
  }

  private static List<String> names(FlameGraph graph, Party party) {
    return graph.methods().stream().filter(m -> m.party() == party).map(Method::name).toList();
  }

  @Test
  void java_native_code_the_jvm_and_the_kernel_are_named_and_it_is_gone_afterwards()
      throws IOException, DiagnoseException {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        AsyncFlight flight = AsyncFlight.begin(jvm, folder);
        assertThat(jvm.command("Thread.print")).contains("Async-profiler");
        work(process, out);
        Recording recording = flight.end();

        String engine = recording.async().orElseThrow().engine();
        assertThat(engine).isIn("perf_events", "ctimer", "itimer");
        FlameGraph cpu = graph(recording, Lens.CPU);
        assertThat(names(cpu, Party.APPLICATION)).contains("Mill.grind", "Mill.carry");
        assertThat(names(cpu, Party.JDK)).contains("java.io.FileInputStream.readBytes");
        assertThat(names(cpu, Party.JVM))
            .anyMatch(name -> name.endsWith(" (libc)"))
            .contains("readBytes (libjava)", "Thread::call_run (libjvm)");
        if (engine.equals("perf_events")) {
          assertThat(names(cpu, Party.KERNEL)).isNotEmpty().noneMatch(n -> n.contains("(lib"));
        }
        assertThat(names(graph(recording, Lens.WAIT), Party.APPLICATION))
            .contains("Mill.rest")
            .doesNotContain("Mill.grind");
        FlameGraph allocation = graph(recording, Lens.ALLOCATION);
        assertThat(names(allocation, Party.APPLICATION)).contains("Mill.fill");
        assertThat(allocation.total()).as("of 200 MB").isBetween(100e6, 400e6);
        assertThat(names(graph(recording, Lens.LOCK), Party.APPLICATION)).contains("Mill.turn");
        assertThat(jvm.command("Thread.print")).doesNotContain("Async-profiler");
        assertThat(folder.resolve("libasyncProfiler.so")).doesNotExist();
        assertThat(folder.resolve("async-profiler.log")).doesNotExist();
      }
    }
  }

  @Test
  void one_that_nobody_wants_any_more_ends_and_another_can_begin()
      throws IOException, DiagnoseException {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        AsyncFlight.begin(jvm, Files.createDirectory(folder.resolve("first"))).close();
        assertThat(jvm.command("Thread.print")).doesNotContain("Async-profiler");

        AsyncFlight second =
            AsyncFlight.begin(jvm, Files.createDirectory(folder.resolve("second")));
        work(process, out);

        assertThat(names(graph(second.end(), Lens.CPU), Party.APPLICATION)).contains("Mill.grind");
      }
    }
  }

  @Test
  void a_jvm_that_is_killed_at_once_leaves_a_sentence() throws IOException, DiagnoseException {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        AsyncFlight flight = AsyncFlight.begin(jvm, folder);
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();

        assertThatThrownBy(flight::end)
            .isInstanceOf(DiagnoseException.class)
            .hasMessageContaining("ended too early");
      }
    }
  }

  @Test
  void a_jvm_that_loads_no_agents_says_so_and_nothing_is_left()
      throws IOException, DiagnoseException {
    Process process = start("-XX:-EnableDynamicAgentLoading");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        assertThatThrownBy(() -> AsyncFlight.begin(jvm, folder))
            .isInstanceOf(DiagnoseException.class)
            .hasMessageContaining("did not load libasyncProfiler.so: Dynamic agent loading is not")
            .hasMessageEndingWith("; or leave --profiler async out");
        assertThat(folder.resolve("libasyncProfiler.so")).doesNotExist();
      }
    }
  }

  @Test
  void a_folder_whose_name_async_profiler_would_take_apart_is_refused()
      throws IOException, DiagnoseException {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("up");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        for (String name : List.of("a,b", "100%p")) {
          Path place = Files.createDirectory(folder.resolve(name));

          assertThatThrownBy(() -> AsyncFlight.begin(jvm, place))
              .isInstanceOf(DiagnoseException.class)
              .hasMessageContaining("start Cubit in another folder");
          assertThat(place).isEmptyDirectory();
        }
      }
    }
  }
}
