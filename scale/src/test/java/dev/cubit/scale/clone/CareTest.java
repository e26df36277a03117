package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.LONG;
import static dev.cubit.scale.clone.Running.done;
import static dev.cubit.scale.clone.Running.plan;
import static dev.cubit.scale.clone.Running.refused;
import static dev.cubit.scale.clone.Running.topology;
import static dev.cubit.scale.clone.Running.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.Care.Check;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.target.CpuQuota;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CareTest {
  @TempDir Path folder;

  private static Care care(
      List<Check> checks,
      OptionalLong memory,
      OptionalLong requests,
      OptionalDouble cores,
      boolean sharePort) {
    return Running.care(Optional.empty(), checks, memory, requests, cores, sharePort);
  }

  private static Care checked(Check check) {
    return care(
        List.of(check), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), false);
  }

  private static ServicePlan one(Care care) {
    return plan("one", 1, care, version("main", Map.of()));
  }

  @Test
  void an_unhealthy_clone_gets_no_requests_until_it_is_healthy_again() throws Exception {
    try (Running running = new Running(folder).up(one(Running.health("/health")))) {
      Clone clone = running.balancer.clones().getFirst();
      Balancer.ask(clone, "/sick");
      await().atMost(LONG).until(() -> running.balancer.clones().isEmpty());
      assertThat(running.status("one.1").state()).isEqualTo(State.UNHEALTHY);
      assertThat(running.status("one.1").why()).isEqualTo("GET /health answers 503");
      Balancer.ask(clone, "/well");
      await().atMost(LONG).until(() -> running.balancer.clones().size() == 1);
      assertThat(running.status("one.1").state()).isEqualTo(State.READY);
      assertThat(running.pids()).containsExactly(clone.pid());
      assertThat(running.balancer.told())
          .containsExactly("admit one.1/0", "suspend one.1/0", "resume one.1/0");
    }
  }

  @Test
  void one_that_hangs_for_too_long_is_replaced() throws Exception {
    Care care =
        Running.ready(Running.health("/health"), Duration.ofMillis(500), Duration.ofMillis(200));
    try (Running running = new Running(folder).up(one(care))) {
      Clone clone = running.balancer.clones().getFirst();
      Balancer.ask(clone, "/sick");
      await()
          .atMost(LONG)
          .until(
              () ->
                  running.balancer.clones().size() == 1
                      && running.pids().getFirst() != clone.pid());
      await().atMost(LONG).until(() -> !Running.lives(clone.pid()));
      assertThat(running.events(FleetEvent.Recycling.class).map(FleetEvent.Recycling::why))
          .contains("it stays unhealthy");
    }
  }

  @Test
  void health_is_waited_for_before_the_first_request() throws Exception {
    Care care =
        Running.ready(Running.health("/nothing"), Duration.ofSeconds(20), Duration.ofSeconds(5));
    Care never =
        Running.ready(Running.health("/hang"), Duration.ofMillis(600), Duration.ofMillis(100));
    try (Running running = new Running(folder).up(one(care))) {
      assertThat(
              refused(
                  running.fleet.apply(topology(plan("two", 1, never, version("main", Map.of()))))))
          .contains("two.1 was not ready within 0.6 s: GET /hang does not answer within 500 ms");
    }
  }

  @Test
  void a_clone_takes_requests_only_when_its_checks_pass() throws Exception {
    Check good =
        new Check(
            "GET",
            "/",
            Optional.empty(),
            OptionalInt.of(200),
            Optional.of("text/plain"),
            Optional.of(" "));
    try (Running running = new Running(folder).up(one(checked(good)))) {
      assertThat(running.balancer.clones()).hasSize(1);
      Map<Check, String> wrong =
          Map.of(
              new Check(
                  "GET",
                  "/",
                  Optional.empty(),
                  OptionalInt.of(201),
                  Optional.empty(),
                  Optional.empty()),
              "GET / answers 200 instead of 201",
              new Check(
                  "POST",
                  "/",
                  Optional.of("x"),
                  OptionalInt.empty(),
                  Optional.of("text/html"),
                  Optional.empty()),
              "POST / answers with 'text/plain' instead of text/html",
              new Check(
                  "GET",
                  "/",
                  Optional.empty(),
                  OptionalInt.empty(),
                  Optional.empty(),
                  Optional.of("needle")),
              "GET / answers without 'needle' in its body");
      int number = 0;
      for (Map.Entry<Check, String> entry : wrong.entrySet()) {
        String name = "checked" + number++;
        ServicePlan plan = plan(name, 1, checked(entry.getKey()), version("main", Map.of()));
        assertThat(refused(running.fleet.apply(topology(one(checked(good)), plan))))
            .contains(name + ".1 did not pass a check: " + entry.getValue());
        assertThat(running.balancer.clones(name)).isEmpty();
      }
    }
  }

  @Test
  void one_that_grows_beyond_its_memory_is_replaced_gracefully() throws Exception {
    Care care =
        care(
            List.of(),
            OptionalLong.of(50_000_000),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            false);
    try (Running running = new Running(folder).up(one(care))) {
      long before = running.pids().getFirst();
      running.balancer.ask("/eat");
      await()
          .atMost(LONG)
          .until(() -> running.pids().size() == 1 && running.pids().getFirst() != before);
      await().atMost(LONG).until(() -> !Running.lives(before));
      await().atMost(LONG).until(() -> running.balancer.told().contains("forget one.1/0"));
      assertThat(running.balancer.told())
          .containsExactly("admit one.1/0", "admit one.1/1", "drain one.1/0", "forget one.1/0");
      assertThat(running.events(FleetEvent.Recycling.class).findFirst().orElseThrow().why())
          .contains("MB in memory, of 47 MB");
    }
  }

  @Test
  void one_that_has_answered_its_requests_is_replaced_and_none_is_lost() throws Exception {
    Care care =
        care(List.of(), OptionalLong.empty(), OptionalLong.of(50), OptionalDouble.empty(), false);
    ServicePlan plan = plan("one", 2, care, version("main", Map.of(), "gentle"));
    try (Running running = new Running(folder).up(plan)) {
      List<Long> before = running.pids();
      var load = new Load(running.balancer);
      await()
          .atMost(LONG)
          .until(
              () ->
                  running.balancer.clones().size() == 2
                      && running.pids().stream().noneMatch(before::contains));
      load.stop();
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void a_limit_of_cpu_holds_for_the_clone_and_its_children_and_is_removed_at_the_end()
      throws Exception {
    assumeThat(System.getProperty("user.name")).as("making a control group").isEqualTo("root");
    Care care =
        care(List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(0.25), false);
    String group;
    try (Running running =
        new Running(folder).up(plan("one", 1, care, version("main", Map.of(), "parent")))) {
      long pid = running.pids().getFirst();
      assertThat(CpuQuota.of(pid).orElseThrow().cores()).hasValue(0.25);
      long child = ProcessHandle.of(pid).orElseThrow().children().findFirst().orElseThrow().pid();
      group = Files.readString(Path.of("/proc/" + pid + "/cgroup"));
      assertThat(Files.readString(Path.of("/proc/" + child + "/cgroup"))).isEqualTo(group);
      assertThat(group).contains("cubit-" + ProcessHandle.current().pid() + "-one.1-0");
      assertThat(Files.readString(folder.resolve("state"))).contains("group /sys/fs/cgroup");
    }
    try (var left = Files.list(Path.of("/sys/fs/cgroup/cpu"))) {
      assertThat(left.filter(p -> p.toString().contains("cubit-" + ProcessHandle.current().pid())))
          .isEmpty();
    }
  }

  @Test
  void clones_that_share_a_port_are_each_seen_to_listen_on_it() throws Exception {
    Care care =
        care(List.of(), OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), true);
    ServicePlan plan = plan("one", 3, care, version("main", Map.of()));
    try (Running running = new Running(folder).up(plan)) {
      List<Long> before = running.pids();
      assertThat(running.balancer.clones()).hasSize(3);
      assertThat(running.balancer.clones().stream().map(Clone::port).distinct()).hasSize(1);
      done(running.fleet.reload("one"));
      assertThat(running.pids()).hasSize(3).doesNotContainAnyElementsOf(before);
    }
    Care both =
        Running.care(
            Running.health("/health").health(),
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            true);
    try (Running running = new Running(folder)) {
      assertThat(refused(running.fleet.apply(topology(one(both))))).contains("shares one port");
    }
  }
}
