package dev.cubit.scale.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.FanOut;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every key has one owner, the one that an independent reading of the file gives it. */
class PartitionMapProperties {
  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private static Partitioning plan(List<String> names, Scheme scheme) {
    return new Partitioning(
        new KeySource.PathSegment(1),
        Folding.UPPER,
        names.stream().map(name -> new Partition(name, Map.of())).toList(),
        scheme,
        FanOut.STRICT,
        Optional.empty());
  }

  /** Of ranges named as in a file. */
  private static RangeMap ranges(Optional<String> outside, String... ranges) {
    List<Range> all =
        Arrays.stream(ranges)
            .map(text -> new Range(text, text.split("-", 2)[0], text.split("-", 2)[1]))
            .toList();
    List<String> names = new ArrayList<>(List.of(ranges));
    outside.ifPresent(names::add);
    return (RangeMap) PartitionMap.of(plan(names, new Scheme.ByRange(all, outside)), 1);
  }

  /**
   * By UTF-32 code units, and by the words of the file: from the one to all that begin with the
   * other.
   */
  private static boolean isIn(String key, String from, String to) {
    int[] points = key.codePoints().toArray();
    int[] first = from.codePoints().toArray();
    int[] last = to.codePoints().toArray();
    int[] head = Arrays.copyOf(points, Math.min(points.length, last.length));
    return Arrays.compare(points, first) >= 0 && Arrays.compare(head, last) <= 0;
  }

  private static String name(Random random) {
    int length = 1 + random.nextInt(8);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(20);
      int c =
          kind < 14
              ? "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(random.nextInt(52))
              : kind < 16
                  ? 0x20 + random.nextInt(0x5F)
                  : kind < 18 ? 0xC0 + random.nextInt(0x250) : random.nextInt(0x110000);
      name.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '\u0301' : c);
    }
    return name.toString();
  }

  @Example
  void a_million_random_names_have_none_on_the_wrong_partition() {
    RangeMap map = ranges(Optional.of("other"), "A-L", "M-R", "S-SK", "SL-Z");
    String[][] bounds = {{"A", "L"}, {"M", "R"}, {"S", "SK"}, {"SL", "Z"}};
    Random random = new Random(20201124);
    int[] seen = new int[5];
    for (int i = 0; i < 1_000_000; i++) {
      String name = name(random);
      String folded = Folding.UPPER.fold(name);
      String upper =
          Normalizer.normalize(
              Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT),
              Normalizer.Form.NFC);
      int expected = 4;
      for (int r = 0; r < bounds.length; r++) {
        expected = isIn(upper, bounds[r][0], bounds[r][1]) ? r : expected;
      }
      int owner = map.owner(folded);
      seen[owner]++;
      if (owner != expected) {
        assertThat(owner).as("owner of '" + name + "'").isEqualTo(expected);
      }
    }
    assertThat(seen).as("names of each partition").doesNotContain(0);
  }

  @Example
  void what_sorts_outside_is_nobodys_where_it_has_no_home() {
    RangeMap map = ranges(Optional.empty(), "A-L", "M-Z");

    assertThat(map.ownerName("")).isEmpty();
    assertThat(map.ownerName("7UP")).isEmpty();
    assertThat(map.ownerName("ÄPFEL")).isEmpty();
    assertThat(map.ownerName("\uD83D\uDE00")).isEmpty();
    assertThat(map.ownerName("A")).contains("A-L");
    assertThat(map.ownerName("L\uDBFF\uDFFF")).contains("A-L");
    assertThat(map.ownerName("M")).contains("M-Z");
    assertThat(map.ownerName("Z\uDBFF\uDFFF")).contains("M-Z");
    assertThat(map.ownerName("[")).isEmpty();
  }

  @Example
  void code_points_sort_where_utf_16_does_not() {
    RangeMap map = ranges(Optional.empty(), "\uE000-\uFFFD", "\uD800\uDC00-\uDBFF\uDFFF");

    assertThat(map.ownerName("\uFF21")).contains("\uE000-\uFFFD");
    assertThat(map.ownerName("\uD83D\uDE00")).contains("\uD800\uDC00-\uDBFF\uDFFF");
    assertThat(map.ownerName("\uDBFF\uDFFF\uDBFF\uDFFF")).contains("\uD800\uDC00-\uDBFF\uDFFF");
  }

  @Example
  void ranges_are_told_as_they_were_written() {
    RangeMap map = ranges(Optional.of("other"), "A-L", "M-Z");

    assertThat(map.ranges())
        .containsExactly(new Range("A-L", "A", "L"), new Range("M-Z", "M", "Z"));
  }

  private static SlotMap slots(int count, List<String> names) {
    SlotMap one =
        (SlotMap)
            PartitionMap.of(
                plan(List.of("x"), new Scheme.BySlot(Collections.nCopies(count, "x"))), 1);
    return one.reassign(names);
  }

  @Property(tries = 100)
  void a_partition_more_or_less_moves_no_slot_that_need_not(
      @ForAll @IntRange(min = 1, max = 7) int partitions,
      @ForAll @IntRange(min = 8, max = 5_000) int count) {
    SlotMap before = slots(count, LETTERS.subList(0, partitions));
    SlotMap more = before.reassign(LETTERS.subList(0, partitions + 1));
    SlotMap back = more.reassign(LETTERS.subList(0, partitions));

    assertThat(more.version()).isEqualTo(before.version() + 1);
    for (SlotMap map : List.of(before, more, back)) {
      assertEven(map);
    }
    assertThat(changes(before, more))
        .isEqualTo(Collections.frequency(more.owners(), LETTERS.get(partitions)));
    assertThat(changes(more, back))
        .isEqualTo(Collections.frequency(more.owners(), LETTERS.get(partitions)));
    double share =
        PartitionMap.moved(before, more).stream().mapToDouble(m -> ((Move.Hashes) m).share()).sum();
    assertThat(share)
        .isBetween(1.0 / (partitions + 1) - 1.0 / count, 1.0 / (partitions + 1) + 1.0 / count);
  }

  private static void assertEven(SlotMap map) {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (String name : map.partitions()) {
      int owned = Collections.frequency(map.owners(), name);
      least = Math.min(least, owned);
      most = Math.max(most, owned);
    }
    assertThat(most - least).as("slots of the largest and the smallest").isLessThanOrEqualTo(1);
  }

  private static int changes(SlotMap a, SlotMap b) {
    List<String> before = a.owners();
    List<String> after = b.owners();
    return (int)
        IntStream.range(0, before.size()).filter(i -> !before.get(i).equals(after.get(i))).count();
  }

  @Example
  void a_million_keys_lie_evenly_and_where_the_hash_says() {
    SlotMap map = slots(4_096, LETTERS);
    List<String> owners = map.owners();
    int[] keys = new int[8];
    for (int i = 0; i < 1_000_000; i++) {
      String key = (i % 2 == 0 ? "customer-" : "ÄPFEL/") + i;
      int owner = map.owner(key);
      keys[owner]++;
      long hash = murmur(key.getBytes(StandardCharsets.UTF_8)) & 0xFFFF_FFFFL;
      if (!owners.get((int) ((hash * 4_096) >>> 32)).equals(LETTERS.get(owner))) {
        assertThat(key).as("on the wrong partition").isEmpty();
      }
    }
    assertThat(Arrays.stream(keys).max().orElseThrow() / 125_000.0).isLessThan(1.02);
    assertThat(Arrays.stream(keys).min().orElseThrow() / 125_000.0).isGreaterThan(0.98);
  }

  @Property(tries = 200)
  void moved_hashes_are_those_whose_owner_changes(@ForAll long seed) {
    SlotMap before = slots(100, LETTERS.subList(0, 3));
    SlotMap after = slots(256, LETTERS.subList(0, 5));
    String key = name(new Random(seed));
    long hash = SlotHash.of(key) & 0xFFFF_FFFFL;

    boolean told =
        PartitionMap.moved(before, after).stream()
            .map(Move.Hashes.class::cast)
            .anyMatch(m -> m.first() <= hash && hash < m.end());

    assertThat(told).isEqualTo(!before.ownerName(key).equals(after.ownerName(key)));
  }

  @Example
  void the_hash_is_murmur3() {
    assertThat(SlotHash.of("")).isZero();
    assertThat(SlotHash.of("hello")).isEqualTo(0x248bfa47);
    assertThat(SlotHash.of("hello, world")).isEqualTo(0x149bbb7f);
    assertThat(SlotHash.of("The quick brown fox jumps over the lazy dog")).isEqualTo(0x2e4ff723);
  }

  @Property
  void it_is_of_the_utf_8_bytes(@ForAll String text) {
    assertThat(SlotHash.of(text)).isEqualTo(murmur(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** As the paper's code has it, on bytes. */
  private static int murmur(byte[] data) {
    int h = 0;
    int i = 0;
    for (; i + 4 <= data.length; i += 4) {
      int k =
          (data[i] & 0xFF)
              | (data[i + 1] & 0xFF) << 8
              | (data[i + 2] & 0xFF) << 16
              | data[i + 3] << 24;
      h ^= Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
      h = Integer.rotateLeft(h, 13) * 5 + 0xe6546b64;
    }
    int k = 0;
    for (int j = data.length - 1; j >= i; j--) {
      k = (k << 8) | (data[j] & 0xFF);
    }
    h ^= Integer.rotateLeft(k * 0xcc9e2d51, 15) * 0x1b873593;
    h ^= data.length;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  @Property
  void folding_twice_is_folding_once(@ForAll String key) {
    for (Folding folding : Folding.values()) {
      String once = folding.fold(key);
      assertThat(folding.fold(once)).isEqualTo(once);
    }
  }

  @Example
  void every_character_folds_to_what_stays_folded() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String once = Folding.UPPER.fold("a" + Character.toString(c) + "\u0345\u0301");
      if (!Folding.UPPER.fold(once).equals(once)) {
        assertThat(Folding.UPPER.fold(once)).as("U+%04X".formatted(c)).isEqualTo(once);
      }
    }
    assertThat(Folding.UPPER.fold("straße")).isEqualTo("STRASSE");
    assertThat(Folding.UPPER.fold("a\u0308pfel"))
        .isEqualTo("ÄPFEL")
        .isEqualTo(Folding.UPPER.fold("äpfel"));
    assertThat(Folding.UPPER.fold("i")).isEqualTo("I");
    assertThat(Folding.UPPER.fold("\uD801\uDC28")).isEqualTo("\uD801\uDC00");
    assertThat(Folding.UPPER.fold("\uD801")).isEqualTo("\uD801");
    assertThat(Folding.NONE.fold("e\u0301A")).isEqualTo("éA");
    String ascii = "ALREADY-FOLDED";
    assertThat(Folding.UPPER.fold(ascii)).isSameAs(ascii);
  }
}
