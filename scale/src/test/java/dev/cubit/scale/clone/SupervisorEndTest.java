package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.LONG;
import static dev.cubit.scale.clone.Running.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.ScaleException;
import dev.cubit.target.ProcessId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of clones when the process that watches them ends: in a JVM of its own. */
@Timeout(120)
final class SupervisorEndTest {
  @TempDir Path folder;

  /** The supervisor: a folder, and the words of its clones. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Running running = new Running(Path.of(words.getFirst()));
    running.up(plan("one", 2, words.subList(1, words.size()).toArray(String[]::new)));
    System.out.println("up");
    Thread.sleep(LONG);
  }

  private Process supervisor(String... words) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SupervisorEndTest.class.getName(),
                    folder.resolve("up").toString()),
                Stream.of(words))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    await()
        .atMost(LONG)
        .until(() -> Files.readString(folder.resolve("out")).contains("up") || !process.isAlive());
    assertThat(process.isAlive()).isTrue();
    return process;
  }

  private List<ProcessId> clonesInState() throws Exception {
    return Files.readAllLines(folder.resolve("up/state")).stream()
        .filter(line -> line.startsWith("clone "))
        .map(line -> line.split(" ", -1))
        .map(words -> new ProcessId(Long.parseLong(words[1]), Long.parseLong(words[2])))
        .toList();
  }

  @Test
  void what_a_killed_supervisor_leaves_is_ended_by_the_next_and_a_second_is_refused()
      throws Exception {
    Process supervisor = supervisor("parent");
    try {
      Throwable refused = catchThrowable(() -> new Running(folder.resolve("up")));
      assertThat(refused)
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining("up already, by the process " + supervisor.pid());
      List<ProcessId> clones = clonesInState();
      assertThat(clones).hasSize(2).allMatch(ProcessId::isAlive);
      List<ProcessId> below =
          clones.stream()
              .flatMap(c -> ProcessHandle.of(c.pid()).stream().flatMap(ProcessHandle::children))
              .flatMap(child -> ProcessId.of(child.pid()).stream())
              .toList();
      assertThat(below).hasSize(2);

      supervisor.destroyForcibly().waitFor();
      assertThat(clones).allMatch(ProcessId::isAlive);
      try (Running next = new Running(folder.resolve("up"))) {
        assertThat(next.fleet.leftovers()).isEqualTo(4);
        assertThat(clones).noneMatch(ProcessId::isAlive);
        assertThat(below).noneMatch(ProcessId::isAlive); // their zombies may wait for init
        next.up(plan("one", 1));
        assertThat(next.balancer.clones()).hasSize(1);
      }
    } finally {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void a_process_that_has_the_number_of_a_clone_by_now_is_left_alone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      Path up = Files.createDirectories(folder.resolve("up"));
      ProcessId id = ProcessId.of(stranger.pid()).orElseThrow();
      Files.write(
          up.resolve("state"),
          List.of(
              "up 1 1",
              "mark CUBIT_UP=of-an-earlier-one",
              "clone " + id.pid() + " " + (id.startTicks() - 1) + " one.1"));
      try (Running next = new Running(up)) {
        assertThat(next.fleet.leftovers()).isZero();
        assertThat(stranger.isAlive()).isTrue();
      }
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void sigterm_of_the_supervisor_ends_all_clones_first() throws Exception {
    Process supervisor = supervisor("gentle");
    try {
      List<ProcessId> clones = clonesInState();
      supervisor.destroy();
      assertThat(supervisor.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(clones).hasSize(2).noneMatch(ProcessId::isAlive);
      assertThat(folder.resolve("up/state")).doesNotExist();
      assertThat(folder.resolve("up/logs/one.1.log")).content().contains("goodbye");
    } finally {
      supervisor.destroyForcibly();
    }
  }

  @Test
  void a_state_that_is_not_understood_is_said_and_not_overwritten() throws Exception {
    Path up = Files.createDirectories(folder.resolve("up"));
    Files.writeString(up.resolve("state"), "what is this\n");
    assertThat(catchThrowable(() -> new Running(up)))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("what is this");
    assertThat(up.resolve("state")).hasContent("what is this");
  }
}
