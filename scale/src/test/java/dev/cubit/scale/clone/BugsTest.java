package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.LONG;
import static dev.cubit.scale.clone.Running.plan;
import static dev.cubit.scale.clone.Running.refused;
import static dev.cubit.scale.clone.Running.topology;
import static dev.cubit.scale.clone.Running.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.clone.CloneStatus.State;
import dev.cubit.scale.topology.ServicePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bug of ours on the thread of a clone is told, and the clone goes on. */
@Timeout(120)
final class BugsTest {
  @TempDir Path folder;

  private static final String TOLD = "has met a bug of Cubit, please report it: ";

  private static List<Long> started(Running running) {
    return running.events(FleetEvent.Started.class).map(e -> e.of().pid()).toList();
  }

  @Test
  void a_clone_that_was_not_started_for_a_bug_is_told_of_and_started_again() throws Exception {
    AtomicInteger left = new AtomicInteger(1);
    try (Running running = new Running(folder)) {
      running.balancer.trap(
          () -> {
            if (left.getAndDecrement() > 0) {
              throw new StackOverflowError();
            }
          });

      assertThat(refused(running.fleet.apply(topology(plan("api", 1)))))
          .isEqualTo("api.1 " + TOLD + "java.lang.StackOverflowError");
      await().atMost(LONG).until(() -> running.status("api.1").state() == State.READY);
      assertThat(running.status("api.1").restarts()).isEqualTo(1);
      assertThat(running.events(FleetEvent.Failed.class))
          .extracting(FleetEvent.Failed::why)
          .containsExactly(TOLD + "java.lang.StackOverflowError");
      assertThat(started(running)).hasSize(2).filteredOn(Running::lives).isEqualTo(running.pids());
    }
  }

  @Test
  void where_it_happens_again_and_again_the_clone_is_parked_and_nothing_is_left() throws Exception {
    try (Running running = new Running(folder)) {
      running.balancer.trap(
          () -> {
            throw new IllegalStateException("no");
          });
      refused(running.fleet.apply(topology(plan("api", 1))));

      await().atMost(LONG).until(() -> running.status("api.1").state() == State.PARKED);
      assertThat(running.status("api.1").why()).contains(TOLD + "java.lang.IllegalStateException");
      assertThat(started(running)).hasSizeGreaterThan(1).noneMatch(Running::lives);

      running.balancer.trap(() -> {});
      Running.done(running.fleet.reload("api"));
      assertThat(running.status("api.1").state()).isEqualTo(State.READY);
    }
  }

  @Test
  void the_watch_over_its_health_tells_of_one_once_and_goes_on() throws Exception {
    ServicePlan plan = plan("api", 1, Running.health("/health"), version("main", Map.of()));
    try (Running running = new Running(folder).up(plan)) {
      AtomicInteger left = new AtomicInteger(2);
      running.balancer.trap(
          () -> {
            if (left.getAndDecrement() > 0) {
              throw new IllegalStateException("no");
            }
          });
      Balancer.ask(running.balancer.clones().getFirst(), "/sick");

      await().atMost(LONG).until(() -> running.balancer.clones().isEmpty());
      await().atMost(LONG).until(() -> running.status("api.1").state() == State.UNHEALTHY);
      assertThat(running.events(FleetEvent.Failed.class))
          .extracting(FleetEvent.Failed::why)
          .containsExactly(TOLD + "java.lang.IllegalStateException: no");
    }
  }

  @Test
  void a_reload_that_meets_one_says_so_and_the_old_clone_stays() throws Exception {
    try (Running running = new Running(folder).up(plan("api", 1))) {
      List<Long> before = running.pids();
      running.balancer.trap(
          () -> {
            throw new AssertionError("no");
          });

      assertThat(refused(running.fleet.reload("api")))
          .isEqualTo(
              "the new api.1 " + TOLD + "java.lang.AssertionError: no, so the old one stays");
      assertThat(running.pids()).isEqualTo(before);
      assertThat(running.status("api.1").state()).isEqualTo(State.READY);
    }
  }
}
