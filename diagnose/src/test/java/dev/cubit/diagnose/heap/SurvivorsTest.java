package dev.cubit.diagnose.heap;

import static dev.cubit.diagnose.heap.Recordings.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.diagnose.heap.Suspect.Pattern;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import org.junit.jupiter.api.Test;

class SurvivorsTest {
  private static final Trace LOGIN =
      trace("java.util.HashMap.put", "shop.Login.remember", "web.Server.run");
  private static final Trace FILL = trace("shop.Cache.fill", "web.Server.run");
  private static final String[] HELD = {
    "shop.Session.basket",
    "java.util.HashMap$Node.value",
    "java.util.HashMap$Node.next",
    "java.util.HashMap$Node.next",
    "[Ljava.util.HashMap$Node;[]",
    "java.util.HashMap.table",
    "shop.Store.sessions",
    "static shop.Main.STORE",
    "[Ljava.lang.Object;[]",
    "java.util.ArrayList.elementData",
    "loader.AppLoader.classes"
  };

  private static Recordings leaking() {
    Recordings recordings = new Recordings();
    for (int s = 1; s < 60; s++) {
      recordings.young(s, 300, 100 + 5 * s);
      recordings.survivor(s, "[B", LOGIN, HELD);
    }
    for (int s = 1; s < 20; s++) {
      recordings.survivor(40 + s / 2.0, "java.lang.String", FILL);
    }
    for (int s = 1; s < 25; s++) {
      recordings.survivor(s, "shop.Entry", FILL, "static shop.Cache.ENTRIES");
    }
    return recordings;
  }

  @Test
  void what_was_allocated_throughout_the_load_comes_before_what_was_filled_once() {
    Survivors survivors = leaking().report().survivors();

    assertThat(survivors.suspects())
        .extracting(Suspect::pattern)
        .containsExactly(Pattern.THROUGHOUT, Pattern.EARLY, Pattern.LATE);
    Suspect first = survivors.suspects().getFirst();
    assertThat(first.place().name()).isEqualTo("shop.Login.remember");
    assertThat(first.types()).containsExactly("byte[]");
    assertThat(first.samples()).isEqualTo(59);
    assertThat(first.share()).isCloseTo(59.0 / 102, within(1e-9));
    assertThat(first.births()).hasSize(20).doesNotContain(0);
    assertThat(first.medianAgeSeconds()).isCloseTo(30, within(0.01));
    assertThat(first.bytesPerSecond()).hasValueCloseTo(5e6 * 59 / 102, within(1.0));
    assertThat(survivors.suspects().get(1).bytesPerSecond()).isEmpty();
  }

  @Test
  void the_holder_is_the_applications_field_beyond_the_collection() {
    Suspect suspect = leaking().report().survivors().suspects().getFirst();

    assertThat(suspect.holder()).isEqualTo("shop.Store.sessions");
  }

  @Test
  void a_chain_ends_at_a_static_field_and_counts_what_repeats() {
    Suspect suspect = leaking().report().survivors().suspects().getFirst();

    assertThat(suspect.path())
        .extracting(Link::text)
        .containsExactly(
            "shop.Session.basket",
            "java.util.HashMap$Node.value",
            "java.util.HashMap$Node.next",
            "java.util.HashMap$Node[]",
            "java.util.HashMap.table",
            "shop.Store.sessions",
            "shop.Main.STORE");
    assertThat(suspect.path().get(2).times()).isEqualTo(2);
    assertThat(suspect.path().getLast().isStatic()).isTrue();
    assertThat(suspect.path().getLast().party()).isEqualTo(Party.APPLICATION);
    assertThat(suspect.root()).isEqualTo("the class shop.Main");
  }

  @Test
  void what_was_there_before_the_load_is_not_suspected() {
    Recordings recordings = new Recordings();
    for (int i = 0; i < 50; i++) {
      recordings.survivor(i / 10.0, "[B", FILL);
    }
    recordings.survivor(30, "[B", LOGIN, HELD);
    Window load = new Window(Recordings.nanos(10), Recordings.nanos(60));

    Survivors survivors =
        HeapReport.of(recordings.recording(), Recordings.PARTIES, load).survivors();

    assertThat(survivors.beforeLoad()).isEqualTo(50);
    assertThat(survivors.suspects())
        .singleElement()
        .satisfies(s -> assertThat(s.place().name()).isEqualTo("shop.Login.remember"));
  }

  @Test
  void without_a_path_nobody_is_accused_of_holding() {
    Suspect suspect =
        new Recordings().survivor(30, "[B", LOGIN).report().survivors().suspects().getFirst();

    assertThat(suspect.holder()).isEmpty();
    assertThat(suspect.path()).isEmpty();
    assertThat(suspect.root()).isEmpty();
  }
}
