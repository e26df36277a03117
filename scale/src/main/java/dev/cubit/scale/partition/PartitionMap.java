package dev.cubit.scale.partition;

import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.util.List;
import java.util.Optional;

/**
 * Which partition owns a key. Immutable: a change is a new map of a higher version, put in the old
 * one's place as a whole.
 */
public sealed interface PartitionMap permits RangeMap, SlotMap {
  /** No partition. */
  int NOBODY = -1;

  /** Rises with every change. */
  long version();

  /** Their names; {@link #owner} is an index in it. */
  List<String> partitions();

  /**
   * Index of the key's partition, or {@link #NOBODY}. Allocates nothing. Hot path.
   *
   * @param key folded, as {@link KeyFinder} finds it
   */
  int owner(String key);

  /** Name of the key's partition; empty: nobody owns it. */
  default Optional<String> ownerName(String key) {
    int owner = owner(key);
    return owner == NOBODY ? Optional.empty() : Optional.of(partitions().get(owner));
  }

  /** That of a file. */
  static PartitionMap of(Partitioning plan, long version) {
    List<String> names = plan.partitions().stream().map(Partition::name).toList();
    return switch (plan.scheme()) {
      case Scheme.ByRange scheme -> RangeMap.of(scheme, names, version);
      case Scheme.BySlot(List<String> owners) -> SlotMap.of(owners, names, version);
    };
  }

  /** Which keys have another owner in {@code to} than in {@code from}. */
  static List<Move> moved(PartitionMap from, PartitionMap to) {
    if (from instanceof RangeMap a && to instanceof RangeMap b) {
      return RangeMap.moved(a, b);
    }
    if (from instanceof SlotMap a && to instanceof SlotMap b) {
      return SlotMap.moved(a, b);
    }
    return List.of(new Move.Everything());
  }
}
