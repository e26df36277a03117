package dev.cubit.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.FanOut;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Scheme;
import dev.cubit.scale.topology.SlotOwners;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoveLineTest {
  private static Partitioning byHash(Folding folding, String... names) {
    List<String> all = List.of(names);
    List<String> owners = Collections.nCopies(4096, all.getFirst());
    for (int count = 2; count <= all.size(); count++) { // as if the file had grown
      owners = SlotOwners.reassign(owners, all.subList(0, count));
    }
    return new Partitioning(
        new KeySource.PathSegment(0),
        folding,
        all.stream().map(name -> new Partition(name, Map.of())).toList(),
        new Scheme.BySlot(owners),
        FanOut.STRICT,
        Partitioning.USUAL_LIST_KEY,
        Optional.empty());
  }

  @Test
  void one_partition_more_takes_its_part_of_each_other_and_nothing_else_moves() {
    List<MoveLine> lines =
        MoveLine.of(byHash(Folding.NONE, "a", "b"), byHash(Folding.NONE, "a", "b", "c"));

    assertThat(lines).extracting(MoveLine::to).containsOnly("c");
    assertThat(lines).extracting(MoveLine::from).containsExactlyInAnyOrder("a", "b");
    assertThat(lines.stream().mapToDouble(line -> line.share().orElseThrow()).sum())
        .isCloseTo(1.0 / 3, within(0.001));
  }

  @Test
  void the_same_moves_nothing_and_other_folding_may_move_all() {
    Partitioning now = byHash(Folding.NONE, "a", "b");

    assertThat(MoveLine.of(now, byHash(Folding.NONE, "a", "b"))).isEmpty();
    assertThat(MoveLine.of(now, byHash(Folding.UPPER, "a", "b")))
        .singleElement()
        .matches(MoveLine::isEverything);
  }
}
