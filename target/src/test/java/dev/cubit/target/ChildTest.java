package dev.cubit.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ChildTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();

  private Child shell(String script) throws TargetException {
    return Child.start(new ProcessBuilder("sh", "-c", script), 10, out::add, err::add);
  }

  @Test
  void its_end_is_told_with_its_code_and_what_it_wrote_by_stream() throws Exception {
    Child child = shell("echo to out; echo to err >&2; echo 0123456789abc; exit 5");
    assertThat(child.ended().get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(5);
    child.awaitOutput(LONG);
    assertThat(out).containsExactly("to out", "0123456789");
    assertThat(err).containsExactly("to err");
    assertThat(child.isAlive()).isFalse();
    assertThat(child.id().isAlive()).isFalse();
  }

  @Test
  void one_that_ends_by_sigterm_is_told_from_one_that_had_to_be_killed() throws Exception {
    Child gentle = shell("echo up; exec sleep 1000");
    Child stubborn = shell("trap '' TERM; echo up; while true; do sleep 0.1; done");
    await().atMost(LONG).until(() -> out.size() == 2);
    assertThat(gentle.end(LONG)).isTrue();
    assertThat(stubborn.end(Duration.ofMillis(200))).isFalse();
    assertThat(gentle.ended().join()).isEqualTo(128 + 15);
    assertThat(stubborn.ended().join()).isEqualTo(128 + 9);
  }

  @Test
  void the_port_of_a_child_of_it_is_its_own_and_others_are_not() throws Exception {
    Child child = shell(String.join(" ", Server.command("0")) + " & wait");
    try {
      await().atMost(LONG).until(() -> !child.ports().isEmpty());
      int port = child.ports().getFirst();
      assertThat(child.addressesOn(port)).containsExactly("127.0.0.1");
      Child other = shell("exec sleep 1000");
      assertThat(other.addressesOn(port)).isEmpty();
      other.end(LONG);
    } finally {
      child.end(LONG);
    }
  }

  @Test
  void what_a_tree_uses_is_read_from_one_look() throws Exception {
    Child child = shell("(while true; do :; done) & wait");
    try {
      await().atMost(LONG).until(() -> ProcessTable.now().use(child.id()).cpuNanos() > 50_000_000);
      ProcessTable.Use use = ProcessTable.now().use(child.id());
      assertThat(use.processes()).hasSize(2).startsWith(child.id());
      assertThat(use.rssBytes()).isGreaterThan(100_000);
    } finally {
      child.end(LONG);
    }
    assertThat(ProcessTable.now().use(child.id())).isEqualTo(new ProcessTable.Use(0, 0, List.of()));
  }
}
