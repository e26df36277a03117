package dev.cubit.diagnose.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.flight.Flight;
import dev.cubit.diagnose.flight.Settings;
import dev.cubit.diagnose.heap.HeapReport.Finding;
import dev.cubit.diagnose.heap.Suspect.Pattern;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.recording.Parties;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs, which do a certain amount of work, with and without a leak. */
class RealHeapTest {
  /** Says a line when it is up and when its work is done; begins when told, ends when told. */
  private static final String PROGRAM =
      """
      import java.util.*;
      class Shop {
        static final class Session { final byte[] basket = new byte[2_000]; }
        static final class Store { final Map<Integer, Session> sessions = new HashMap<>(); }
        static final Store STORE = new Store();
        static Session open(int id) { return new Session(); }
        static int browse(int id) { return String.valueOf(id).repeat(500).hashCode(); }
        public static void main(String[] words) throws Exception {
          System.out.println("up");
          System.in.read();
          int seen = 0;
          for (int step = 0; step < 100; step++) {
            for (int i = 0; i < 1_000; i++) {
              int id = step * 1_000 + i;
              Session session = open(id);
              if (words[0].equals("leak")) STORE.sessions.put(id, session);
              seen += browse(id);
            }
            Thread.sleep(20);
          }
          System.out.println("done " + seen);
          System.in.read();
        }
      }
      """;

  @TempDir Path folder = Path.of("");

  private HeapReport record(String word) throws IOException, DiagnoseException {
    Path source = Files.writeString(folder.resolve("Shop.java"), PROGRAM);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx600m",
                "-XX:+UseSerialGC",
                "-XX:NativeMemoryTracking=summary",
                source.toString(),
                word)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader();
        Jvm jvm = up(process, out)) {
      Flight flight = Flight.begin(jvm, Settings.HEAP, Files.createDirectory(folder.resolve("f")));
      jvm.command("GC.run");
      go(process);
      assertThat(out.readLine()).startsWith("done");
      jvm.command("GC.run");
      return HeapReport.of(flight.end(), Parties.of(List.of(), "Shop", folder));
    } finally {
      process.destroyForcibly();
      assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }
  }

  private static Jvm up(Process process, BufferedReader out) throws IOException, DiagnoseException {
    assertThat(out.readLine()).isEqualTo("up");
    return Jvm.attach(process.pid());
  }

  private static void go(Process process) throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  @Test
  void a_leak_is_found_with_who_allocates_it_and_who_holds_it()
      throws IOException, DiagnoseException {
    HeapReport report = record("leak");

    assertThat(report.finding()).as("%s", report.live()).isEqualTo(Finding.LEAK);
    assertThat(report.live().end() - report.live().begin()).isBetween(180e6, 260e6);
    assertThat(report.live().maxBytes()).isBetween(500e6, 650e6);
    Suspect suspect = report.survivors().suspects().getFirst();
    assertThat(suspect.pattern()).isEqualTo(Pattern.THROUGHOUT);
    assertThat(suspect.holder()).isEqualTo("Shop$Store.sessions");
    assertThat(suspect.place().type()).startsWith("Shop");
    assertThat(suspect.types()).contains("byte[]");
    assertThat(suspect.path().getLast().text()).isEqualTo("Shop.STORE");
    assertThat(report.allocating().sites())
        .anyMatch(site -> site.place().name().equals("Shop.browse"));
    assertThat(report.footprint().parts()).extracting(ByType::type).contains("Java Heap");
    assertThat(report.collecting().collector()).isEqualTo("Serial");
    assertThat(report.collecting().causes())
        .anyMatch(cause -> cause.cause().equals("Diagnostic Command"));
  }

  @Test
  void the_same_work_without_a_leak_is_healthy() throws IOException, DiagnoseException {
    HeapReport report = record("no");

    assertThat(report.finding()).as("%s", report.live()).isEqualTo(Finding.HEALTHY);
    assertThat(report.allocating().bytes()).isGreaterThan(200e6);
  }
}
