package dev.cubit.scale.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.partition.KeyLoad.HotKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of keys against what was really asked for. */
class KeySketchTest {
  private static String key(int number) {
    return "K%05d".formatted(number);
  }

  @Test
  void nothing_is_known_of_nothing() {
    KeyLoad none = new KeySketch(1).snapshot();

    assertThat(none.requests()).isZero();
    assertThat(none.keys()).isZero();
    assertThat(none.hottest()).isEmpty();
    assertThat(none.split()).isEmpty();
  }

  @Test
  void different_keys_are_counted_within_a_tenth() {
    for (int count : new int[] {1, 10, 1_000, 5_000, 200_000}) {
      KeySketch sketch = new KeySketch(count);
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < count; i++) {
          sketch.record(key(i));
        }
      }
      assertThat((double) sketch.snapshot().keys()).isBetween(count * 0.9, count * 1.1);
    }
  }

  @Test
  void the_hottest_keys_of_a_skewed_load_are_found_and_hardly_overestimated() {
    KeySketch sketch = new KeySketch(2);
    Random random = new Random(2);
    int[] counts = new int[10_000];
    int requests = 500_000;
    for (int i = 0; i < requests; i++) {
      int number = (int) Math.min(9_999, Math.pow(10_000, random.nextDouble()) - 1); // Zipf's law
      counts[number]++;
      sketch.record(key(number));
    }

    List<HotKey> hottest = sketch.snapshot().hottest();

    assertThat(hottest).hasSize(KeySketch.HOT_KEYS);
    assertThat(hottest.subList(0, 10))
        .extracting(HotKey::key)
        .contains(key(0), key(1), key(2), key(3), key(4));
    for (HotKey hot : hottest.subList(0, 10)) {
      double share = counts[Integer.parseInt(hot.key().substring(1))] / (double) requests;
      assertThat(hot.share()).isBetween(share - 1e-9, share + 0.01);
    }
  }

  @Test
  void a_split_halves_the_load_not_the_keys() {
    KeySketch sketch = new KeySketch(3);
    Random random = new Random(3);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      String key = key((int) (Math.pow(random.nextDouble(), 3) * 100_000));
      all.add(key);
      sketch.record(key);
    }

    KeyLoad.Split split = sketch.snapshot().split().orElseThrow();

    double below = all.stream().filter(key -> key.compareTo(split.at()) < 0).count() / 100_000.0;
    assertThat(below).isBetween(0.43, 0.57);
    assertThat(split.lower()).isBetween(0.49, 0.51);
    assertThat(split.at()).hasSizeLessThan(7);
  }

  @Test
  void a_single_key_cannot_be_split_and_a_hot_one_says_how_uneven_it_gets() {
    KeySketch one = new KeySketch(4);
    KeySketch two = new KeySketch(4);
    for (int i = 0; i < 100; i++) {
      one.record("ONLY");
      two.record(i < 90 ? "HOT" : "NOT");
    }

    assertThat(one.snapshot().split()).isEmpty();
    assertThat(two.snapshot().split())
        .hasValueSatisfying(
            split -> {
              assertThat(split.at()).isEqualTo("N");
              assertThat(split.lower()).isBetween(0.85, 0.95);
            });
  }

  @Test
  void what_was_hot_fades() {
    KeySketch sketch = new KeySketch(5);
    for (int i = 0; i < 10_000; i++) {
      sketch.record("OLD");
    }
    for (int i = 0; i < 10; i++) {
      sketch.fade();
    }
    for (int i = 0; i < 10_000; i++) {
      sketch.record("NEW" + i % 2);
    }

    assertThat(sketch.snapshot().hottest().getFirst().key()).startsWith("NEW");
    assertThat(sketch.snapshot().hottest())
        .filteredOn(hot -> hot.key().equals("OLD"))
        .allSatisfy(hot -> assertThat(hot.share()).isLessThan(0.01));
    assertThat(sketch.snapshot().split().orElseThrow().at()).isEqualTo("NEW1");
  }

  @Test
  void what_several_event_loops_saw_is_one_load() {
    KeySketch busy = new KeySketch(6);
    KeySketch idle = new KeySketch(7);
    for (int i = 0; i < 90_000; i++) {
      busy.record("B" + i % 100);
    }
    for (int i = 0; i < 10_000; i++) {
      idle.record(i % 2 == 0 ? "A" : "B1");
    }

    KeyLoad both = KeyLoad.merged(List.of(busy.snapshot(), idle.snapshot()));

    assertThat(both.requests()).isEqualTo(100_000);
    assertThat(both.keys()).isBetween(95L, 107L);
    assertThat(both.hottest().getFirst().key()).isEqualTo("B1");
    assertThat(both.hottest().getFirst().share()).isBetween(0.058, 0.075);
    assertThat(both.split().orElseThrow().lower()).isBetween(0.45, 0.55);
    assertThat(both.split().orElseThrow().at()).startsWith("B");
  }
}
