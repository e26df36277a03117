package dev.cubit.diagnose.bubble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.flight.Flight;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a real JVM that is known to wait for a lock, a permit and a socket. */
class RecordedBubblesTest {
  private static final int DUMPS = 6;

  @TempDir Path folder = Path.of("");

  private Bubbles recorded(String threads) throws Exception {
    Path source = folder.resolve("Waits.java");
    try (InputStream in = RecordedBubblesTest.class.getResourceAsStream("Waits.java")) {
      assertThat(in).as("the program that is recorded").isNotNull();
      Files.write(source, in.readAllBytes());
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-Xmx128m", source.toString(), threads)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("ready");
      try (Jvm jvm = Jvm.attach(process.pid())) {
        Flight flight = Flight.begin(jvm, Settings.BUBBLE, folder);
        List<ThreadDump> dumps = new ArrayList<>();
        for (int i = 0; i < DUMPS; i++) {
          Thread.sleep(400); // so long is recorded; nothing is waited for
          dumps.add(jvm.dumpThreads(folder));
        }
        Recording recording = flight.end();
        Duration inFlight = recording.length().multipliedBy(8);
        Parties parties = Parties.of(List.of("Waits"), "", folder);
        return Bubbles.of(recording, parties, inFlight, dumps);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Optional<Bubble> bubble(Bubbles bubbles, Area area) {
    return bubbles.bubbles().stream().filter(b -> b.area() == area).findFirst();
  }

  private static boolean leads(Bubbles bubbles, Area from, Area to) {
    return bubbles.edges().stream()
        .anyMatch(
            e ->
                e.kind() != Edge.Kind.CALLS
                    && bubbles.bubbles().get(e.from()).area() == from
                    && bubbles.bubbles().get(e.to()).area() == to);
  }

  private static void has_its_waits(Bubbles bubbles) {
    assertThat(bubble(bubbles, Area.LOCK))
        .get()
        .extracting(Bubble::name)
        .isEqualTo("Object in Waits");
    assertThat(bubble(bubbles, Area.POOL))
        .get()
        .extracting(Bubble::name)
        .isEqualTo("Semaphore in Waits");
    assertThat(bubble(bubbles, Area.SLEEP)).isPresent();
    assertThat(bubble(bubbles, Area.SOCKET).orElseThrow().name())
        .matches("(localhost|127\\.0\\.0\\.1).*:\\d+");
    assertThat(leads(bubbles, Area.LOCK, Area.SLEEP)).as("the lock's holder sleeps").isTrue();
    assertThat(leads(bubbles, Area.POOL, Area.SLEEP)).as("the permit's holder sleeps").isTrue();
    // of eight tasks, two wait for the lock, two for the permit, two for a socket, and two sleep
    assertThat(bubbles.unexplainedSeconds() / bubbles.inFlightSeconds())
        .as("share of the time in flight that is not explained")
        .isLessThan(0.5);
  }

  @Test
  void platform_threads_are_found_to_wait_for_what_they_wait_for() throws Exception {
    has_its_waits(recorded("platform"));
  }

  @Test
  void virtual_threads_are_found_to_wait_for_what_they_wait_for() throws Exception {
    has_its_waits(recorded("virtual"));
  }
}
