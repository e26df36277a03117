package dev.cubit.scale.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.scale.partition.MergedArrays.Page;
import dev.cubit.scale.partition.MergedArrays.Part;
import dev.cubit.scale.topology.KeyOrder;
import dev.cubit.scale.topology.ScaleException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.ObjectMapper;

/** Lists of partitions are one list. */
class MergedArraysTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MergedArrays.Ownership ALL = (partition, key) -> true;

  private static Part part(String name, String json) {
    return new Part(name, json.getBytes(StandardCharsets.UTF_8), false);
  }

  private static String text(Page page) {
    return new String(page.json(), StandardCharsets.UTF_8);
  }

  @Test
  void elements_are_merged_in_key_order_as_they_were_written() throws ScaleException {
    Page page =
        MergedArrays.merge(
            List.of(
                part(
                    "1",
                    "[ {\"price\": 1.50, \"name\":\"a\"} ,"
                        + " {\"x\":{\"name\":\"z\"},\"name\":\"d\"}]"),
                part("2", "[]"),
                part(
                    "3", "[{\"name\":\"b\", \"big\":12345678901234567890.10},\n{\"name\":\"é\"}]")),
            "name",
            ALL,
            "",
            10);

    assertThat(text(page))
        .isEqualTo(
            "[{\"price\": 1.50, \"name\":\"a\"},{\"name\":\"b\", \"big\":12345678901234567890.10},"
                + "{\"x\":{\"name\":\"z\"},\"name\":\"d\"},{\"name\":\"é\"}]");
    assertThat(page.elements()).isEqualTo(4);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void a_page_ends_where_a_partition_has_more_than_it_sent() throws ScaleException {
    Part cut = new Part("1", "[\"a\",\"c\"]".getBytes(StandardCharsets.UTF_8), true);

    Page page = MergedArrays.merge(List.of(cut, part("2", "[\"b\",\"d\"]")), "name", ALL, "", 10);

    assertThat(text(page)).isEqualTo("[\"a\",\"b\",\"c\"]");
    assertThat(page.next()).contains("c");
  }

  @Test
  void of_a_key_that_two_have_its_owner_is_believed() throws ScaleException {
    Page page =
        MergedArrays.merge(
            List.of(
                part("old", "[{\"name\":\"k\",\"of\":1}]"),
                part("new", "[{\"name\":\"k\",\"of\":2}]")),
            "name",
            (partition, key) -> partition.equals("new"),
            "",
            10);

    assertThat(text(page)).isEqualTo("[{\"name\":\"k\",\"of\":2}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                            | is no JSON array",
        "nothing                       | is no JSON",
        "[\"a\"                        | is no JSON",
        "[\"a\"] []                    | goes on behind its array",
        "[1]                           | without a text 'name'",
        "[{\"id\":1}]                  | without a text 'name'",
        "[\"b\",\"a\"]                 | is not in the order of 'name': 'a' is behind 'b'"
      })
  void what_cannot_be_merged_is_said_with_its_partition(String json, String sentence) {
    assertThatThrownBy(() -> MergedArrays.merge(List.of(part("A-L", json)), "name", ALL, "", 9))
        .isInstanceOf(ScaleException.class)
        .hasMessageStartingWith("the list of partition 'A-L' ")
        .hasMessageContaining(sentence);
  }

  @Property(tries = 300)
  void page_by_page_every_element_comes_once_and_in_order(
      @ForAll @Size(max = 60) List<String> keys,
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @IntRange(min = 1, max = 7) int limit)
      throws ScaleException {
    TreeSet<String> sorted = new TreeSet<>(KeyOrder.comparator());
    keys.stream()
        .map(key -> new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .filter(key -> !key.isEmpty())
        .forEach(sorted::add);
    List<String> got = new ArrayList<>();
    Optional<String> after = Optional.of("");
    for (int pages = 0; after.isPresent(); pages++) {
      assertThat(pages).as("pages").isLessThan(200);
      String from = after.get();
      List<Part> parts = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        int number = p;
        List<String> all =
            sorted.stream()
                .filter(k -> Math.floorMod(k.hashCode(), partitions) == number)
                .filter(k -> from.isEmpty() || KeyOrder.compare(k, from) > 0)
                .toList();
        List<String> first = all.subList(0, Math.min(limit, all.size()));
        parts.add(new Part("p" + p, JSON.writeValueAsBytes(first), first.size() < all.size()));
      }
      Page page = MergedArrays.merge(parts, "name", ALL, from, limit);
      List<String> texts = new ArrayList<>();
      JSON.readTree(page.json()).forEach(node -> texts.add(node.asString()));
      assertThat(texts).hasSize(page.elements()).hasSizeLessThanOrEqualTo(limit);
      got.addAll(texts);
      after = page.next();
    }
    assertThat(got).containsExactlyElementsOf(sorted);
  }
}
