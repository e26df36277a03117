package dev.cubit.scale.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who owns which slot. All own as many, but for one; and where partitions come or go, no more slots
 * move than must.
 *
 * <p>The owners of a file follow from the names in it alone, in their order: the first owns all,
 * and each further one takes its part from those before. So one that is appended to the file takes
 * {@code slots / n} and nothing else moves.
 */
public final class SlotOwners {
  private SlotOwners() {}

  /** The owners that a file has which names these partitions. */
  static List<String> of(List<String> names, int slots) {
    List<String> owners = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      owners.add(names.getFirst());
    }
    for (int known = 2; known <= names.size(); known++) {
      owners = new ArrayList<>(reassign(owners, names.subList(0, known)));
    }
    return List.copyOf(owners);
  }

  /**
   * The same slots for other partitions: those of the ones that have gone, and what others own too
   * many of, go to those that own too few.
   *
   * @param names of the partitions that there are now
   */
  public static List<String> reassign(List<String> owners, List<String> names) {
    int[] has = new int[names.size()];
    int[] owner = new int[owners.size()];
    for (int slot = 0; slot < owner.length; slot++) {
      owner[slot] = names.indexOf(owners.get(slot));
      if (owner[slot] >= 0) {
        has[owner[slot]]++;
      }
    }
    int[] may = shares(has, owner.length);
    // every n-th slot of one that owns too many, so that it gives from all over the hash space
    int[] seen = new int[may.length];
    List<Integer> free = new ArrayList<>();
    for (int slot = 0; slot < owner.length; slot++) {
      int from = owner[slot];
      if (from < 0) {
        free.add(slot);
      } else {
        long surplus = Math.max(0, has[from] - may[from]);
        long before = seen[from] * surplus / has[from];
        seen[from]++;
        if (seen[from] * surplus / has[from] > before) {
          free.add(slot);
        }
      }
    }
    List<String> after = new ArrayList<>(owners);
    int[] wants = new int[may.length];
    Arrays.setAll(wants, i -> Math.max(0, may[i] - has[i]));
    int next = 0;
    for (int slot : free) {
      while (wants[next] == 0) {
        next = (next + 1) % wants.length;
      }
      wants[next]--;
      after.set(slot, names.get(next));
      next = (next + 1) % wants.length;
    }
    return List.copyOf(after);
  }

  /** How many each may own: the odd ones stay with those that own the most now. */
  private static int[] shares(int[] has, int slots) {
    int[] may = new int[has.length];
    Arrays.fill(may, slots / has.length);
    List<Integer> most = new ArrayList<>();
    for (int i = 0; i < has.length; i++) {
      most.add(i);
    }
    most.sort((a, b) -> Integer.compare(has[b], has[a]));
    most.stream().limit(slots % has.length).forEach(i -> may[i]++);
    return may;
  }
}
