package dev.cubit.scale;

import dev.cubit.scale.partition.Move;
import dev.cubit.scale.partition.PartitionMap;
import dev.cubit.scale.topology.Partitioning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that get another owner when a file is applied, as {@code cubit partitions --dry-run} shows
 * them.
 *
 * @param from the partition that has them; empty: nobody
 * @param to the partition that gets them; empty: nobody
 * @param first of them, folded, where partitions are ranges; empty: from the very first
 * @param end the first key behind them; empty: to the very last
 * @param share of all keys, 0 to 1, where partitions are found by hash; empty: unknown
 */
public record MoveLine(
    String from, String to, String first, Optional<String> end, Optional<Double> share) {
  private static final MoveLine ALL = new MoveLine("", "", "", Optional.empty(), Optional.of(1.0));

  /** Whether each key may move, as keys are found otherwise from then on. */
  public boolean isEverything() {
    return equals(ALL);
  }

  static List<MoveLine> of(Partitioning now, Partitioning wanted) {
    if (!now.key().equals(wanted.key()) || now.folding() != wanted.folding()) {
      return List.of(ALL);
    }
    List<MoveLine> lines = new ArrayList<>();
    Map<List<String>, Double> byHash = new LinkedHashMap<>();
    for (Move move : PartitionMap.moved(PartitionMap.of(now, 1), PartitionMap.of(wanted, 2))) {
      switch (move) {
        case Move.Keys(String first, Optional<String> end, String from, String to) ->
            lines.add(new MoveLine(from, to, first, end, Optional.empty()));
        case Move.Hashes hashes ->
            byHash.merge(List.of(hashes.from(), hashes.to()), hashes.share(), Double::sum);
        case Move.Everything() -> lines.add(ALL);
      }
    }
    byHash.forEach(
        (ends, share) ->
            lines.add(
                new MoveLine(
                    ends.getFirst(), ends.getLast(), "", Optional.empty(), Optional.of(share))));
    return List.copyOf(lines);
  }
}
