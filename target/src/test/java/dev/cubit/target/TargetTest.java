package dev.cubit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TargetTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static TargetCommand command(List<String> words) {
    return new TargetCommand(words, OptionalInt.empty(), Map.of(), LONG);
  }

  private static TargetCommand shell(String script) {
    return command(List.of("sh", "-c", script));
  }

  private static String quoted(String... server) {
    return "'" + String.join("' '", Server.command(server)) + "'";
  }

  private static Target start(TargetCommand command) throws Exception {
    return Target.start(command, line -> {});
  }

  private static TargetException refused(TargetCommand command) {
    TargetException e = catchThrowableOfType(TargetException.class, () -> start(command));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain("\n");
    return e;
  }

  private static boolean accepts(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static List<Long> processesWith(String marker) {
    return Proc.pids().stream()
        .filter(pid -> Proc.hasInEnvironment(pid, "TEST_MARKER=" + marker))
        .toList();
  }

  @Test
  void a_command_is_told_a_free_port_and_is_ready_when_it_accepts() throws Exception {
    try (Target target = start(command(Server.command("PORT")))) {
      assertThat(accepts("127.0.0.1", target.port())).isTrue();
      assertThat(target.host()).isEqualTo("127.0.0.1");
      assertThat(target.isAlive()).isTrue();
      assertThat(target.jvms()).isNotEmpty();
      assertThat(target.readyAfter()).isPositive();
      await()
          .atMost(LONG)
          .until(() -> target.lastOutput().contains("listening on " + target.port()));
    }
  }

  @Test
  void a_port_that_is_asked_for_is_the_one() throws Exception {
    int port = freePort();
    TargetCommand command =
        new TargetCommand(Server.command("PORT"), OptionalInt.of(port), Map.of(), LONG);
    try (Target target = start(command)) {
      assertThat(target.port()).isEqualTo(port);
    }
    assertThat(accepts("127.0.0.1", port)).isFalse();
  }

  @Test
  void the_port_of_a_command_that_does_not_know_PORT_is_found() throws Exception {
    int port = freePort();
    try (Target target = start(command(Server.command(Integer.toString(port))))) {
      assertThat(target.port()).isEqualTo(port);
    }
  }

  @Test
  void the_port_of_a_child_of_a_script_is_found_and_the_child_ends_with_it() throws Exception {
    int port;
    try (Target target = start(shell(quoted("PORT") + "; echo over"))) {
      port = target.port();
      assertThat(target.jvms()).isNotEmpty();
    }
    assertThat(accepts("127.0.0.1", port)).isFalse();
  }

  @Test
  void a_server_that_has_left_its_parent_is_found_and_ended() throws Exception {
    int port;
    try (Target target = start(shell("setsid " + quoted("PORT") + " & exit 0"))) {
      port = target.port();
      assertThat(target.isAlive()).isTrue();
      assertThat(accepts("127.0.0.1", port)).isTrue();
    }
    assertThat(accepts("127.0.0.1", port)).isFalse();
  }

  @Test
  void ipv6_only_is_reached_at_its_own_address() throws Exception {
    try (Target target = start(command(Server.command("PORT", "::1")))) {
      assertThat(target.host()).isIn("[::1]");
      assertThat(accepts("::1", target.port())).isTrue();
    }
  }

  @Test
  void all_addresses_are_reached_at_loopback() throws Exception {
    try (Target target = start(command(Server.command("PORT", "0.0.0.0")))) {
      assertThat(target.host()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void a_program_that_does_not_exist_is_named() {
    assertThat(refused(command(List.of("no-such-program-here", "x"))))
        .hasMessageContaining("no-such-program-here")
        .hasMessageContaining("no such program");
  }

  @Test
  void a_file_that_is_not_executable_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "hello");
    assertThat(refused(command(List.of(file.toString())))).hasMessageContaining("not executable");
  }

  @Test
  void one_that_ends_before_it_listens_gives_its_exit_code_and_last_lines() {
    TargetException e = refused(shell("for i in $(seq 30); do echo line $i; done; exit 7"));
    assertThat(e).hasMessageContaining("exit code 7");
    assertThat(e.lastOutput()).hasSize(20).endsWith("line 30");
  }

  @Test
  void one_that_never_listens_is_given_up_and_ended() {
    TargetCommand command =
        new TargetCommand(
            List.of("sh", "-c", "echo waiting; exec sleep 100"),
            OptionalInt.empty(),
            Map.of("TEST_MARKER", "never-listens"),
            Duration.ofSeconds(3));
    TargetException e = refused(command);
    assertThat(e).hasMessageContaining("did not listen").hasMessageContaining("PORT=");
    assertThat(e.lastOutput()).containsExactly("waiting");
    assertThat(processesWith("never-listens")).isEmpty();
  }

  @Test
  void a_port_that_is_taken_is_refused_before_anything_is_started() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path trace = folder.resolve("started");
      TargetCommand command =
          new TargetCommand(
              List.of("touch", trace.toString()),
              OptionalInt.of(taken.getLocalPort()),
              Map.of(),
              LONG);
      assertThat(refused(command))
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken already")
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
      assertThat(trace).doesNotExist();
    }
  }

  @Test
  void what_ignores_sigterm_is_killed() throws Exception {
    TargetCommand command =
        shell("trap '' TERM; " + quoted("PORT") + " & while true; do sleep 0.2; done")
            .withEnvironment(Map.of("TEST_MARKER", "stubborn"));
    try (Target target = start(command)) {
      assertThat(processesWith("stubborn")).hasSizeGreaterThanOrEqualTo(2);
    }
    assertThat(processesWith("stubborn")).isEmpty();
  }

  @Test
  void a_flood_of_output_neither_blocks_it_nor_is_kept() throws Exception {
    AtomicLong characters = new AtomicLong();
    try (Target target =
        Target.start(
            command(Server.command("PORT", "127.0.0.1", "flood")),
            line -> characters.addAndGet(line.length()))) {
      await().atMost(LONG).until(() -> characters.get() >= 500 * 4096);
      assertThat(target.lastOutput()).hasSize(20).allMatch(line -> line.length() <= 4096);
    }
  }

  @Test
  void closing_twice_is_closing_once() throws Exception {
    Target target = start(command(Server.command("PORT")));
    target.close();
    target.close();
    assertThat(target.isAlive()).isFalse();
    assertThat(target.exitCode()).isPresent();
  }

  @Test
  void one_that_has_just_started_when_all_are_ended_is_ended() throws Exception {
    LiveTargets targets = new LiveTargets();
    targets.endAll();
    try (Target target = start(command(Server.command("PORT")))) {
      targets.add(target);
      assertThat(target.isAlive()).isFalse();
      assertThat(accepts("127.0.0.1", target.port())).isFalse();
    }
  }

  @Test
  void one_that_lives_when_all_are_ended_is_ended() throws Exception {
    LiveTargets targets = new LiveTargets();
    try (Target target = start(command(Server.command("PORT")))) {
      targets.add(target);
      targets.endAll();
      assertThat(target.isAlive()).isFalse();
    }
  }

  @Test
  void a_target_that_dies_is_seen_to_be_dead() throws Exception {
    try (Target target = start(command(Server.command("PORT")))) {
      ProcessHandle.of(target.pid()).orElseThrow().destroyForcibly();
      await().atMost(LONG).until(() -> !target.isAlive());
      assertThat(target.exitCode()).hasValue(137);
    }
  }

  @Test
  void its_cpu_and_memory_are_those_of_all_its_processes() throws Exception {
    try (Target target = start(shell(quoted("PORT", "127.0.0.1", "burn") + "; echo done"))) {
      Watch watch = target.watch(Duration.ofMillis(50));
      await().atMost(LONG).until(() -> watch.soFar().cpu().toMillis() >= 300);
      TargetUse use = watch.stop();
      assertThat(use.cpuPercent()).isGreaterThan(1).isLessThan(120.0 * Machine.here().cores());
      assertThat(use.processes()).isEqualTo(2);
      assertThat(use.maxRssBytes()).isGreaterThan(20_000_000);
      assertThat(use.meanRssBytes()).isPositive().isLessThanOrEqualTo(use.maxRssBytes());
      assertThat(use.samples()).isNotEmpty();
      assertThat(use.cpu()).isLessThanOrEqualTo(use.wall().multipliedBy(3));
    }
  }

  @Test
  void the_cpu_time_of_a_child_that_has_ended_stays_counted() throws Exception {
    Path stop = folder.resolve("stop");
    String burnUntilStopped = "while [ ! -e " + stop + " ]; do :; done";
    try (Target target =
        start(shell(quoted("PORT") + " & sh -c '" + burnUntilStopped + "' & wait"))) {
      Watch watch = target.watch(Duration.ofMillis(20));
      await().atMost(LONG).until(() -> watch.soFar().cpu().toMillis() >= 200);
      int before = watch.soFar().processes();
      Files.createFile(stop);
      await().atMost(LONG).until(() -> watch.soFar().processes() < before);
      assertThat(watch.stop().cpu().toMillis()).isGreaterThanOrEqualTo(200);
    }
  }

  @Test
  void a_neighbour_is_found_by_its_port_and_watched() throws Exception {
    try (Target target = start(command(Server.command("PORT")))) {
      Neighbour neighbour = Neighbour.listeningOn(target.port()).orElseThrow();
      assertThat(neighbour.pid()).isEqualTo(target.pid());
      assertThat(neighbour.command()).contains(Server.class.getName());
      try (Watch watch = neighbour.watch(Duration.ofMillis(20))) {
        await().atMost(LONG).until(() -> watch.soFar().maxRssBytes() > 0);
      }
      assertThat(target.isAlive()).isTrue();
    }
  }

  @Test
  void on_a_port_where_nothing_listens_there_is_no_neighbour() throws Exception {
    assertThat(Neighbour.listeningOn(freePort())).isEmpty();
  }
}
