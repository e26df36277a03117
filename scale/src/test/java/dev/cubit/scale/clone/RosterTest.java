package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.plan;
import static dev.cubit.scale.clone.Running.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.ServicePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RosterTest {
  private static final Seat FIRST = new Seat("main", "", 1);
  private static final Seat SECOND = new Seat("main", "", 2);
  private static final Seat THIRD = new Seat("main", "", 3);

  private static Roster roster(int clones, String name) {
    ServicePlan plan = plan("one", clones, Running.care(), version("main", Map.of("NAME", name)));
    return Roster.of(plan, clones, Optional.empty());
  }

  @Test
  void the_same_plan_changes_nothing() {
    assertThat(roster(2, "a").since(roster(2, "a")))
        .isEqualTo(new Roster.Changes(List.of(), List.of(), List.of()));
  }

  @Test
  void more_clones_are_begun_and_fewer_ended_while_the_others_stay() {
    Roster.Changes more = roster(3, "a").since(roster(1, "a"));
    assertThat(more.begin()).containsExactly(SECOND, THIRD);
    assertThat(more.replace()).isEmpty();
    assertThat(more.end()).isEmpty();
    Roster.Changes fewer = roster(1, "a").since(roster(3, "a"));
    assertThat(fewer.end()).containsExactly(SECOND, THIRD);
    assertThat(fewer.begin()).isEmpty();
  }

  @Test
  void another_environment_replaces_those_that_stay() {
    Roster.Changes changes = roster(3, "b").since(roster(2, "a"));
    assertThat(changes.replace()).containsExactly(FIRST, SECOND);
    assertThat(changes.begin()).containsExactly(THIRD);
  }

  @Test
  void other_care_needs_no_other_process_but_another_limit_of_cpu_does() {
    ServicePlan before = plan("one", 1);
    Care patient = Running.ready(before.care(), Duration.ofSeconds(99), Duration.ofSeconds(99));
    Roster now = Roster.of(before, 1, Optional.empty());
    Roster patiently =
        Roster.of(plan("one", 1, patient, version("main", Map.of())), 1, Optional.empty());
    assertThat(patiently.since(now).replace()).isEmpty();
    Care limited =
        Running.care(
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.of(0.5),
            false);
    Roster slowly =
        Roster.of(plan("one", 1, limited, version("main", Map.of())), 1, Optional.empty());
    assertThat(slowly.since(now).replace()).containsExactly(FIRST);
  }

  @Test
  void one_version_alone_ends_the_others() {
    ServicePlan plan =
        plan("one", 1, Running.care(), version("old", Map.of()), version("new", Map.of()));
    Roster all = Roster.of(plan, 1, Optional.empty());
    Roster.Changes changes = Roster.of(plan, 1, Optional.of("new")).since(all);
    assertThat(changes.end()).containsExactly(new Seat("old", "", 1));
    assertThat(changes.begin()).isEmpty();
    assertThat(changes.replace()).isEmpty();
  }
}
