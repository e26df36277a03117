package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.LONG;
import static dev.cubit.scale.clone.Running.done;
import static dev.cubit.scale.clone.Running.plan;
import static dev.cubit.scale.clone.Running.refused;
import static dev.cubit.scale.clone.Running.topology;
import static dev.cubit.scale.clone.Running.version;
import static dev.cubit.scale.clone.Running.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FleetTest {
  @TempDir Path folder;

  private static Partitioning halves() {
    return new Partitioning(
        new KeySource.PathSegment(1),
        Folding.UPPER,
        List.of(
            new Partition("A-L", Map.of("PLACE", "first")),
            new Partition("M-Z", Map.of("PLACE", "second"))),
        new Scheme.ByRange(
            List.of(new Range("A-L", "A", "L"), new Range("M-Z", "M", "Z")), Optional.empty()),
        Partitioning.FanOut.STRICT,
        Optional.empty());
  }

  @Test
  void every_version_in_every_partition_has_its_clones_each_with_a_port_of_its_own()
      throws Exception {
    ServicePlan plan =
        plan(
            "shop",
            2,
            Running.care(),
            version("old", Map.of("NAME", "old")),
            version("new", Map.of("NAME", "new-{port}")));
    Map<String, String> shared = Map.of("NAME", "of the service", "PLACE", "of the service");
    try (Running running = new Running(folder).up(with(plan, shared, Optional.of(halves())))) {
      List<Clone> clones = running.balancer.clones();
      assertThat(clones)
          .extracting(Clone::name)
          .containsExactlyInAnyOrder(
              "shop@old.A-L.1",
              "shop@old.A-L.2",
              "shop@old.M-Z.1",
              "shop@old.M-Z.2",
              "shop@new.A-L.1",
              "shop@new.A-L.2",
              "shop@new.M-Z.1",
              "shop@new.M-Z.2");
      assertThat(clones).extracting(Clone::port).doesNotHaveDuplicates();
      for (Clone clone : clones) {
        String name = clone.version().equals("old") ? "old" : "new-" + clone.port();
        String place = clone.partition().equals("A-L") ? "first" : "second";
        assertThat(Balancer.ask(clone, "/")).isEqualTo(clone.pid() + " " + name + " " + place);
      }
      assertThat(running.fleet.snapshot()).hasSize(8).allMatch(s -> s.state() == State.READY);
      await()
          .atMost(LONG)
          .until(() -> running.fleet.snapshot().stream().allMatch(s -> s.rssBytes() > 1_000_000));
    }
  }

  @Test
  void a_clone_that_is_killed_is_started_again_and_nobody_asks_the_dead_one() throws Exception {
    try (Running running = new Running(folder).up(plan("one", 2))) {
      Clone killed = running.balancer.clones().getFirst();
      Running.kill(killed.pid());
      await().atMost(LONG).until(() -> running.status(killed.name()).restarts() == 1);
      await().atMost(LONG).until(() -> running.balancer.clones().size() == 2);
      assertThat(running.pids()).doesNotContain(killed.pid());
      assertThat(running.balancer.told()).contains("forget " + killed.name() + "/0");
      assertThat(running.status(killed.name()).lastExit()).hasValue(137);
      assertThat(running.events(FleetEvent.Crashed.class).map(FleetEvent.Crashed::exitCode))
          .containsExactly(137);
    }
  }

  @Test
  void a_clone_that_dies_at_once_again_and_again_is_parked_until_it_is_reloaded() throws Exception {
    Path broken = Files.createFile(folder.resolve("broken"));
    ServicePlan plan =
        plan("one", 1, Running.care(), version("main", Map.of("BROKEN", broken.toString())));
    try (Running running = new Running(folder.resolve("up"))) {
      assertThat(refused(running.fleet.apply(topology(plan))))
          .contains("one.1 ended with exit code 3 before it was ready")
          .contains("its last line: ");
      await().atMost(LONG).until(() -> running.status("one.1").state() == State.PARKED);
      CloneStatus parked = running.status("one.1");
      assertThat(parked.restarts()).isEqualTo(Running.HURRY.deaths() - 1);
      assertThat(parked.why()).contains("exit code 3");
      assertThat(parked.lastExit()).hasValue(3);
      await().atMost(LONG).until(() -> running.events(FleetEvent.Parked.class).count() == 1);
      assertThat(running.events(FleetEvent.Parked.class).findFirst().orElseThrow().lastOutput())
          .contains("out of luck");
      assertThat(running.fleet.recent("one")).extracting(LogLine::text).contains("out of luck");

      assertThat(refused(running.fleet.reload("one"))).contains("exit code 3");
      assertThat(running.status("one.1").state()).isEqualTo(State.PARKED);
      Files.delete(broken);
      done(running.fleet.reload("one"));
      assertThat(running.status("one.1").state()).isEqualTo(State.READY);
      assertThat(running.balancer.ask("/")).isNotEmpty();
    }
  }

  @Test
  void reloads_and_changes_of_number_under_load_lose_no_request() throws Exception {
    try (Running running = new Running(folder).up(plan("one", 2, "gentle"))) {
      List<Long> before = running.pids();
      var load = new Load(running.balancer);
      for (int i = 0; i < 3; i++) {
        done(running.fleet.reload("one"));
        done(running.fleet.clones("one", 4));
        done(running.fleet.clones("one", 1));
        done(running.fleet.clones("one", 2));
      }
      load.stop();
      assertThat(load.failures()).isEmpty();
      assertThat(load.answers()).isGreaterThan(100);
      assertThat(running.pids()).hasSize(2).doesNotContainAnyElementsOf(before);
      assertThat(before).noneMatch(Running::lives);
      assertThat(running.events(FleetEvent.Ended.class))
          .allMatch(ended -> ended.drained() && ended.gently());
    }
  }

  @Test
  void a_clone_that_never_gets_ready_leaves_the_old_one_in_place() throws Exception {
    ServicePlan good = plan("one", 2);
    try (Running running = new Running(folder).up(good)) {
      List<Long> before = running.pids();
      ServicePlan silent =
          plan(
              "one",
              2,
              Running.ready(Running.care(), Duration.ofMillis(300), Duration.ofSeconds(5)),
              version("main", Map.of(), "never"));
      assertThat(refused(running.fleet.apply(topology(silent))))
          .contains("the new one.1 was not ready within 0.3 s")
          .contains("so the old one stays");
      ServicePlan elsewhere =
          plan(
              "one",
              2,
              Running.ready(Running.care(), Duration.ofSeconds(2), Duration.ofSeconds(5)),
              version("main", Map.of(), "elsewhere"));
      assertThat(refused(running.fleet.apply(topology(elsewhere))))
          .contains("was told to listen on port")
          .contains("put {port} in its command");
      assertThat(running.pids()).isEqualTo(before);
      assertThat(running.fleet.snapshot()).hasSize(2).allMatch(s -> s.state() == State.READY);
      assertThat(running.events(FleetEvent.Failed.class).findFirst().orElseThrow().lastOutput())
          .contains("thinking");
      done(running.fleet.reload("one")); // as it was before the plans that failed
      assertThat(running.balancer.ask("/")).isNotEmpty();
    }
  }

  @Test
  void what_was_replaced_before_one_failed_is_put_back() throws Exception {
    Path broken = folder.resolve("broken");
    Version good = version("main", Map.of("NAME", "good"));
    // the second clone that is started with it finds the file of the first
    Version once =
        new Version(
            "main",
            List.of(
                "sh",
                "-c",
                "if mkdir '" + broken + "'; then exec perl '" + Running.script() + "'; fi; exit 9"),
            Map.of("NAME", "bad"),
            1,
            Optional.empty());
    try (Running running =
        new Running(folder.resolve("up")).up(plan("one", 2, Running.care(), good))) {
      assertThat(refused(running.fleet.apply(topology(plan("one", 2, Running.care(), once)))))
          .contains("the new one.2 ended with exit code 9");
      assertThat(running.balancer.clones()).hasSize(2);
      for (Clone clone : running.balancer.clones()) {
        assertThat(Balancer.ask(clone, "/")).contains("good");
      }
    }
  }

  @Test
  void more_clones_that_cannot_start_are_none() throws Exception {
    Path broken = folder.resolve("broken");
    ServicePlan plan =
        plan("one", 1, Running.care(), version("main", Map.of("BROKEN", broken.toString())));
    try (Running running = new Running(folder.resolve("up")).up(plan)) {
      Files.createFile(broken);
      assertThat(refused(running.fleet.clones("one", 3))).contains("exit code 3");
      assertThat(running.fleet.snapshot()).extracting(CloneStatus::name).containsExactly("one.1");
      assertThat(refused(running.fleet.clones("one", 0))).contains("at least one");
      assertThat(refused(running.fleet.clones("two", 1))).contains("no service 'two'");
    }
  }

  @Test
  void only_what_has_changed_is_replaced() throws Exception {
    try (Running running =
        new Running(folder).up(plan("same", 1), plan("other", 1), plan("gone", 1))) {
      long same = running.balancer.clones("same").getFirst().pid();
      long other = running.balancer.clones("other").getFirst().pid();
      long gone = running.balancer.clones("gone").getFirst().pid();
      done(running.fleet.clones("same", 2));
      ServicePlan changed = plan("other", 1, Running.care(), version("main", Map.of("NAME", "b")));
      done(running.fleet.apply(topology(plan("same", 1), changed, plan("fresh", 1))));
      assertThat(running.pids()).contains(same).doesNotContain(other, gone);
      assertThat(running.balancer.clones("same")).hasSize(2); // said by hand, and not changed
      assertThat(running.balancer.clones("fresh")).hasSize(1);
      assertThat(Running.lives(gone)).isFalse();
    }
  }

  @Test
  void a_version_is_promoted_and_the_promotion_undone() throws Exception {
    ServicePlan plan =
        plan("one", 1, Running.care(), version("old", Map.of()), version("new", Map.of()));
    try (Running running = new Running(folder).up(plan)) {
      assertThat(running.fleet.versions("one")).containsExactly("new", "old");
      done(running.fleet.promote("one", "new"));
      assertThat(running.fleet.versions("one")).containsExactly("new");
      done(running.fleet.rollback("one"));
      assertThat(running.fleet.versions("one")).containsExactly("new", "old");
      done(running.fleet.rollback("one"));
      assertThat(running.fleet.versions("one")).containsExactly("old");
      assertThat(refused(running.fleet.rollback("one"))).contains("no other version");
      assertThat(refused(running.fleet.promote("one", "x"))).contains("it has old, new");
    }
  }

  @Test
  void operations_on_a_service_wait_for_each_other() throws Exception {
    try (Running running = new Running(folder).up(plan("one", 1))) {
      CompletableFuture<Void> more = running.fleet.clones("one", 3);
      CompletableFuture<Void> fewer = running.fleet.clones("one", 2);
      done(fewer);
      assertThat(more).isCompleted();
      assertThat(running.balancer.clones()).hasSize(2);
      assertThat(running.events(FleetEvent.Queued.class).map(FleetEvent.Queued::what))
          .contains("clones 2");
    }
  }

  @Test
  void a_drain_is_bounded_by_the_grace_time_and_so_is_sigterm() throws Exception {
    ServicePlan plan =
        plan(
            "one",
            1,
            Running.ready(Running.care(), Duration.ofSeconds(20), Duration.ofMillis(300)),
            version("main", Map.of(), "stubborn"));
    try (Running running = new Running(folder).up(plan)) {
      long old = running.pids().getFirst();
      CompletableFuture<String> hanging =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return running.balancer.ask("/hang");
                } catch (java.io.IOException e) {
                  throw new CompletionException(e);
                }
              });
      Clone clone = running.balancer.clones().getFirst();
      await().atMost(LONG).until(() -> running.balancer.requests(clone) == 1);
      done(running.fleet.reload("one"));
      assertThat(Running.lives(old)).isFalse();
      FleetEvent.Ended ended = running.events(FleetEvent.Ended.class).findFirst().orElseThrow();
      assertThat(ended.drained()).isFalse();
      assertThat(ended.gently()).isFalse();
      assertThat(ended.exitCode()).hasValue(137);
      await().atMost(LONG).until(hanging::isDone);
    }
  }

  @Test
  void children_that_outlive_their_parent_are_ended() throws Exception {
    try (Running running = new Running(folder).up(plan("one", 1, "parent"))) {
      await().atMost(LONG).until(() -> !childrenSaid(running).isEmpty());
      long child = childrenSaid(running).getFirst();
      assertThat(Running.lives(child)).isTrue();
      await().atMost(LONG).until(() -> running.status("one.1").processes() == 2);
      Running.kill(running.pids().getFirst());
      await().atMost(LONG).until(() -> !Running.lives(child));
      await().atMost(LONG).until(() -> childrenSaid(running).size() == 2);
    }
  }

  private static List<Long> childrenSaid(Running running) {
    return running.fleet.recent("one").stream()
        .map(LogLine::text)
        .filter(text -> text.startsWith("child "))
        .map(text -> Long.valueOf(text.substring(6)))
        .toList();
  }

  @Test
  void closing_ends_all_at_once_and_tells_traffic_first() throws Exception {
    Running running = new Running(folder).up(plan("one", 3), plan("two", 2));
    List<Long> pids = running.pids();
    CompletableFuture<Void> late = running.fleet.reload("one");
    running.close();
    assertThat(pids).hasSize(5).noneMatch(Running::lives);
    assertThat(running.fleet.snapshot()).allMatch(status -> status.state() == State.ENDED);
    assertThat(running.balancer.told()).contains("end");
    assertThat(late).isCompletedExceptionally();
    assertThat(refused(running.fleet.apply(topology(plan("three", 1))))).contains("ended");
    running.close();
  }

  @Test
  void a_service_that_runs_elsewhere_has_no_clones_and_says_so() throws Exception {
    ServicePlan plan = plan("one", 1);
    ServicePlan elsewhere =
        new ServicePlan(
            "one",
            plan.routes(),
            new Origin.Fixed(List.of(URI.create("http://127.0.0.1:1"))),
            plan.folder(),
            Map.of(),
            1,
            plan.care(),
            plan.balancing(),
            Optional.empty());
    try (Running running = new Running(folder).up(plan)) {
      done(running.fleet.apply(topology(elsewhere)));
      assertThat(running.fleet.snapshot()).isEmpty();
      assertThat(refused(running.fleet.reload("one"))).contains("runs elsewhere");
      done(running.fleet.apply(topology(plan)));
      assertThat(running.balancer.clones()).hasSize(1);
    }
  }

  @Test
  void what_cannot_be_run_is_said_in_one_sentence() throws Exception {
    Version missing =
        new Version("main", List.of("no-such-program"), Map.of(), 1, Optional.empty());
    try (Running running = new Running(folder)) {
      assertThat(refused(running.fleet.apply(topology(plan("one", 1, Running.care(), missing)))))
          .isEqualTo(
              "one.1 cannot start 'no-such-program': there is no program 'no-such-program' in"
                  + " PATH");
    }
  }
}
