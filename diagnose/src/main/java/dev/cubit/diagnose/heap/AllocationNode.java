package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Party;
import java.util.List;
import java.util.Optional;

/**
 * A method in the tree of calls, with what it and those it called have allocated; or, as a leaf,
 * the class that was allocated. What is too little to be seen is left out, so children may add up
 * to less.
 *
 * @param party whose method it is; none for a class, and for the tree's root
 * @param children most first
 */
public record AllocationNode(
    String name, Optional<Party> party, double bytes, List<AllocationNode> children) {
  public AllocationNode {
    children = List.copyOf(children);
  }
}
