package dev.cubit.scale.partition;

import dev.cubit.scale.topology.SlotOwners;
import java.util.ArrayList;
import java.util.List;

/**
 * Partitions by hash: a key's hash says its slot, and a table the slot's owner. There are many more
 * slots than partitions, so that few keys move when a partition comes or goes.
 */
public final class SlotMap implements PartitionMap {
  private static final long HASHES = 1L << 32;

  private final long version;
  private final List<String> partitions;
  private final int[] owners;

  private SlotMap(long version, List<String> partitions, int[] owners) {
    this.version = version;
    this.partitions = List.copyOf(partitions);
    this.owners = owners;
  }

  static SlotMap of(List<String> owners, List<String> partitions, long version) {
    int[] indices = owners.stream().mapToInt(partitions::indexOf).toArray();
    return new SlotMap(version, partitions, indices);
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
    return owners[SlotHash.slot(key, owners.length)];
  }

  /** Name of the owner of each slot. */
  public List<String> owners() {
    List<String> names = new ArrayList<>();
    for (int owner : owners) {
      names.add(partitions.get(owner));
    }
    return List.copyOf(names);
  }

  /**
   * The map for other partitions. Each owns as many slots, but for one, and no slot moves that need
   * not: one more partition of n takes 1/n of the slots from all others.
   *
   * @param names of the partitions that there are now, at least one
   */
  public SlotMap reassign(List<String> names) {
    return of(SlotOwners.reassign(owners(), names), names, version + 1);
  }

  static List<Move> moved(SlotMap a, SlotMap b) {
    List<Move> moves = new ArrayList<>();
    long hash = 0;
    while (hash < HASHES) {
      int slotA = a.slotOf(hash);
      int slotB = b.slotOf(hash);
      long end = Math.min(a.endOf(slotA), b.endOf(slotB));
      String from = a.partitions.get(a.owners[slotA]);
      String to = b.partitions.get(b.owners[slotB]);
      if (!from.equals(to)) {
        add(moves, new Move.Hashes(hash, end, from, to));
      }
      hash = end;
    }
    return List.copyOf(moves);
  }

  private int slotOf(long hash) {
    return (int) ((hash * owners.length) >>> 32);
  }

  /** The first hash of the next slot. */
  private long endOf(int slot) {
    return ((slot + 1) * HASHES + owners.length - 1) / owners.length;
  }

  private static void add(List<Move> moves, Move.Hashes move) {
    if (!moves.isEmpty()
        && moves.getLast() instanceof Move.Hashes(long first, long end, String from, String to)
        && end == move.first()
        && from.equals(move.from())
        && to.equals(move.to())) {
      moves.removeLast();
      moves.add(new Move.Hashes(first, move.end(), from, to));
    } else {
      moves.add(move);
    }
  }
}
