package dev.cubit.diagnose.heap;

import static dev.cubit.diagnose.heap.Recordings.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Trace;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllocatingTest {
  private static final double MB = Recordings.MB;
  private static final Trace RENDER =
      trace("java.util.Arrays.copyOf", "shop.Page.render", "shop.Shop.handle", "web.Server.run");
  private static final Trace IDLE = trace("java.lang.Long.toString", "web.Server.run");

  @Test
  void what_a_library_allocates_counts_for_the_line_of_the_application_that_called_it() {
    Allocating allocating =
        new Recordings()
            .allocation(1, 30, "[B", "one", RENDER)
            .allocation(2, 30, "[Ljava.lang.String;", "one", RENDER)
            .allocation(3, 40, "[B", "one", IDLE)
            .report()
            .allocating();

    assertThat(allocating.bytes()).isEqualTo(100 * MB);
    assertThat(allocating.bytesPerSecond()).isCloseTo(100 * MB / 60, within(1.0));
    assertThat(allocating.types())
        .containsExactly(
            new ByType("byte[]", 70 * MB, 0.7), new ByType("java.lang.String[]", 30 * MB, 0.3));
    assertThat(allocating.sites())
        .extracting(site -> site.place().name(), AllocationSite::party, AllocationSite::share)
        .containsExactly(
            tuple("shop.Page.render", Party.APPLICATION, 0.6),
            tuple("web.Server.run", Party.DEPENDENCY, 0.4));
    assertThat(allocating.sites().getFirst().stack()).isEqualTo(RENDER.frames());
  }

  @Test
  void the_tree_begins_at_the_applications_outermost_method_and_ends_at_the_class() {
    AllocationNode root =
        new Recordings()
            .allocation(1, 30, "[B", "one", RENDER)
            .allocation(2, 20, "[B", "one", IDLE)
            .report()
            .allocating()
            .tree();

    assertThat(root.bytes()).isEqualTo(50 * MB);
    AllocationNode handle = root.children().getFirst();
    assertThat(handle.name()).isEqualTo("shop.Shop.handle");
    assertThat(handle.party()).isEqualTo(Optional.of(Party.APPLICATION));
    AllocationNode leaf = handle.children().getFirst().children().getFirst().children().getFirst();
    assertThat(leaf.name()).isEqualTo("byte[]");
    assertThat(leaf.party()).isEmpty();
    assertThat(leaf.bytes()).isEqualTo(30 * MB);
    assertThat(root.children().get(1).name()).isEqualTo("outside of the application");
  }

  @Test
  void the_first_sample_of_a_thread_does_not_stand_for_all_its_past() {
    Recordings recordings = new Recordings().allocation(0, 90_000, "[B", "old", RENDER);
    for (int i = 1; i <= 100; i++) {
      recordings.allocation(i / 2.0, 1, "[B", "old", RENDER);
    }

    assertThat(recordings.report().allocating().bytes()).isEqualTo(101 * MB);
  }

  @Test
  void the_rate_over_time_adds_up_to_all() {
    Recordings recordings = new Recordings();
    for (int i = 0; i < 120; i++) {
      recordings.allocation(i / 2.0, 2, "[B", "one", RENDER);
    }

    Allocating allocating = recordings.report().allocating();

    assertThat(allocating.rate()).hasSize(60);
    assertThat(allocating.rate()).allSatisfy(m -> assertThat(m.value()).isEqualTo(4 * MB));
  }

  @Test
  void a_recording_without_samples_has_nothing_but_zero() {
    Allocating allocating = new Recordings().report().allocating();

    assertThat(allocating.bytes()).isZero();
    assertThat(allocating.rate()).isEmpty();
    assertThat(allocating.tree().children()).isEmpty();
  }
}
