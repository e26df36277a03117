package dev.cubit.scale.partition;

import dev.cubit.scale.topology.KeyOrder;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme.ByRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Partitions by key range: a step function over all keys, found by binary search.
 *
 * <pre>
 *   bounds          A         M         [
 *   owners  nobody  |  A-L    |   M-Z   |  nobody
 * </pre>
 */
public final class RangeMap implements PartitionMap {
  private final long version;
  private final List<String> partitions;

  /** In order; below the first and from the last on keys are outside. */
  private final String[] bounds;

  /**
   * One more than there are bounds: {@code owners[i]} is that of keys from bound {@code i - 1} on.
   */
  private final int[] owners;

  private RangeMap(
      long version, List<String> partitions, List<String> bounds, List<Integer> owners) {
    this.version = version;
    this.partitions = List.copyOf(partitions);
    this.bounds = bounds.toArray(String[]::new);
    this.owners = owners.stream().mapToInt(Integer::intValue).toArray();
  }

  static RangeMap of(ByRange scheme, List<String> partitions, long version) {
    int outside = scheme.outside().map(partitions::indexOf).orElse(NOBODY);
    List<String> bounds = new ArrayList<>();
    List<Integer> owners = new ArrayList<>(List.of(outside));
    for (Range range : scheme.ranges()) {
      bounds.add(range.from());
      owners.add(partitions.indexOf(range.partition()));
    }
    if (!scheme.ranges().isEmpty()) {
      scheme
          .ranges()
          .getLast()
          .end()
          .ifPresent(
              end -> {
                bounds.add(end);
                owners.add(outside);
              });
    }
    return new RangeMap(version, partitions, bounds, owners);
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<String> partitions() {
    return partitions;
  }

  @Override
  public int owner(String key) {
    return owners[stepOf(key)];
  }

  /** How many bounds are at the key or before it. */
  private int stepOf(String key) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (KeyOrder.compare(bounds[middle], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The ranges that are owned, in order; not what is outside. */
  public List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int i = 1; i < owners.length; i++) {
      boolean last = i == owners.length - 1;
      boolean open = last && !bounds[i - 1].isEmpty() && owners[i] == owners[0];
      if (owners[i] != NOBODY && !open) {
        String to = last ? "" : KeyOrder.lastPrefixBefore(bounds[i]).orElse("");
        ranges.add(new Range(partitions.get(owners[i]), bounds[i - 1], to));
      }
    }
    return List.copyOf(ranges);
  }

  static List<Move> moved(RangeMap a, RangeMap b) {
    TreeSet<String> firsts = new TreeSet<>(KeyOrder.comparator());
    firsts.add("");
    firsts.addAll(List.of(a.bounds));
    firsts.addAll(List.of(b.bounds));
    List<Move> moves = new ArrayList<>();
    for (String first : firsts) {
      String from = a.ownerName(first).orElse("");
      String to = b.ownerName(first).orElse("");
      if (!from.equals(to)) {
        add(moves, new Move.Keys(first, Optional.ofNullable(firsts.higher(first)), from, to));
      }
    }
    return List.copyOf(moves);
  }

  /** Joins it to the last one where that goes the same way and ends where this begins. */
  private static void add(List<Move> moves, Move.Keys move) {
    if (!moves.isEmpty()
        && moves.getLast()
            instanceof Move.Keys(String first, Optional<String> end, String from, String to)
        && end.equals(Optional.of(move.first()))
        && from.equals(move.from())
        && to.equals(move.to())) {
      moves.removeLast();
      moves.add(new Move.Keys(first, move.end(), from, to));
    } else {
      moves.add(move);
    }
  }
}
