package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One range that becomes two: what they are called, and what is refused. */
class RangeSplitTest {
  private static final Map<String, String> OTHER = Map.of("DATABASE_URL", "c.db");

  @TempDir Path folder = Path.of("");

  private ServicePlan service(String partitions) throws Exception {
    return Written.in(
            folder,
            "services: { api: { run: java, route: /, env: { POOL: 4 }, partitions: { key:"
                + " 'path[0]', "
                + partitions
                + " } } }")
        .service();
  }

  private ServicePlan ranges(String ranges) throws Exception {
    return service("move: java move, ranges: { " + ranges + " }");
  }

  @ParameterizedTest
  @CsvSource({
    "A-L, F, A-E, F-L",
    "A-L, f, A-E, F-L",
    "A-L, Fi, A-FH, FI-L",
    "A-L, B, A, B-L",
    "A-L, L, A-K, L",
    "A-L, La, A-L@, LA-L",
    "A-L, Ab, A-AA, AB-L",
    "A..L, F, A..E, F..L",
    "..L, F, ..E, F..L",
    "M.., T, M..S, T..",
    "0-Z, A, 0-@, A-Z",
    "A, Am, A-AL, AM-A",
    "A-B..D, C, A-B..B, C..D",
    "A..D, B-C, A..B-B, B-C..D",
    "À-Ý, ö, À-Õ, Ö-Ý"
  })
  void both_are_named_by_their_keys(String range, String at, String kept, String added)
      throws Exception {
    ServicePlan service = ranges("'" + range + "': { env: { DATABASE_URL: a.db } }");
    RangeSplit split = RangeSplit.of(service, range, at, OTHER);

    assertThat(split.kept().partition()).isEqualTo(kept);
    assertThat(split.added().partition()).isEqualTo(added);
    assertThat(split.environment(split.kept()))
        .isEqualTo(Map.of("POOL", "4", "DATABASE_URL", "a.db"));
    assertThat(split.environment(split.added()))
        .isEqualTo(Map.of("POOL", "4", "DATABASE_URL", "c.db"));
    assertThat(
            ranges(
                "'%s': { env: { DATABASE_URL: a.db } }, '%s': { env: { DATABASE_URL: c.db } }"
                    .formatted(kept, added)))
        .isEqualTo(split.after());
  }

  @Property
  void each_key_of_the_range_belongs_to_one_of_both(
      @ForAll @StringLength(min = 1, max = 4) @CharRange(from = 'A', to = 'E') String at,
      @ForAll @StringLength(max = 5) @CharRange(from = '@', to = 'F') String key)
      throws Exception {
    Assume.that(!at.equals("A"));
    Path empty = Path.of("").toAbsolutePath();
    Partitioning plan =
        new Partitioning(
            new KeySource.PathSegment(0),
            Partitioning.Folding.UPPER,
            List.of(new Partition("A-E", Map.of())),
            new Partitioning.Scheme.ByRange(List.of(new Range("A-E", "A", "E")), Optional.empty()),
            Partitioning.FanOut.STRICT,
            Optional.of(List.of("move")));
    ServicePlan service =
        new TopologySource.OfCommand(List.of("x"), 1, 0, empty)
            .read()
            .services()
            .getFirst()
            .with(plan);
    RangeSplit split = RangeSplit.of(service, "A-E", at, OTHER);

    boolean inside = new Range("A-E", "A", "E").contains(key);
    assertThat(split.kept().contains(key)).isEqualTo(inside && KeyOrder.compare(key, at) < 0);
    assertThat(split.added().contains(key)).isEqualTo(inside && KeyOrder.compare(key, at) >= 0);
  }

  @Test
  void the_others_keep_their_places() throws Exception {
    ServicePlan service = ranges("A-C, D-L, M-Z, other: ");
    Partitioning after = RangeSplit.of(service, "D-L", "F", OTHER).after().partitioning().get();

    assertThat(after.partitions())
        .extracting(Partition::name)
        .containsExactly("A-C", "D-E", "F-L", "M-Z", "other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "move: m, ranges: { A-L, M-Z } | B-L | F | has no partition 'B-L'; it has A-L, M-Z",
        "move: m, ranges: { A-L, M-Z } | A-L | N | is not within 'A-L'",
        "move: m, ranges: { A-L, M-Z } | A-L | a | nothing would stay in it",
        "ranges: { A-L, M-Z } | A-L | F | add the line `move: COMMAND`",
        "move: m, ranges: { A-L, other: } | other | F | outside of all ranges",
        "move: m, hash: { of: [p1, p2] } | p1 | F | by hash, which cannot be split",
        "move: m, ranges: { A-L, M-Z } | A-L | F o | cannot stand in a file"
      })
  void what_cannot_be_is_said_in_one_sentence(
      String partitions, String partition, String at, String sentence) throws Exception {
    ServicePlan service = service(partitions);

    assertThatThrownBy(() -> RangeSplit.of(service, partition, at, OTHER))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void two_halves_of_one_database_are_refused() throws Exception {
    ServicePlan service = ranges("A-L: { env: { DATABASE_URL: a.db } }");

    assertThatThrownBy(() -> RangeSplit.of(service, "A-L", "F", Map.of()))
        .hasMessageContaining("one database");
    assertThatThrownBy(() -> RangeSplit.of(service, "A-L", "F", Map.of("DATABASE_URL", "a.db")))
        .hasMessageContaining("one database");
    assertThatThrownBy(() -> RangeSplit.of(service, "A-L", "F", Map.of("POOL", "4")))
        .hasMessageContaining("one database");
  }

  @Test
  void what_runs_elsewhere_or_has_no_partitions_is_refused() throws Exception {
    ServicePlan fixed =
        Written.in(
                folder,
                "services: { api: { route: /, partitions: { key: 'path[0]', move: m, ranges:"
                    + " { A-L: { at: 'http://a:1' }, M-Z: { at: 'http://b:1' } } } } }")
            .service();
    ServicePlan whole = Written.in(folder, "services: { api: { run: x, route: / } }").service();

    assertThatThrownBy(() -> RangeSplit.of(fixed, "A-L", "F", OTHER))
        .hasMessageContaining("runs elsewhere");
    assertThatThrownBy(() -> RangeSplit.of(whole, "A-L", "F", OTHER))
        .hasMessageContaining("has no partitions");
  }
}
