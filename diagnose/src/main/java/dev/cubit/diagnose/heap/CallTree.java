package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Party;
import dev.cubit.diagnose.recording.Trace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls that led to allocation, added up from the outermost method on. What carries the
 * application's outermost method, the same twenty frames of a server in every stack, is left out;
 * what never reaches the application is under a branch of its own.
 */
final class CallTree {
  private static final String OTHERS = "outside of the application";
  private static final int DEEPEST = 100;

  /** Of all that was allocated: less is narrower than a pixel or two. */
  private static final double LEAST_SHARE = 0.001;

  private static final class Node {
    private final String name;
    private final Optional<Party> party;
    private final Map<String, Node> children = new HashMap<>();
    private double bytes;

    Node(String name, Optional<Party> party) {
      this.name = name;
      this.party = party;
    }

    Node child(String child, Optional<Party> childParty) {
      // a class and a method may have the same name
      String key = (childParty.isPresent() ? "m" : "c") + child;
      return children.computeIfAbsent(key, k -> new Node(child, childParty));
    }

    AllocationNode built(double least) {
      return new AllocationNode(
          name,
          party,
          bytes,
          children.values().stream()
              .filter(child -> child.bytes >= least)
              .sorted(
                  Comparator.comparingDouble((Node child) -> child.bytes)
                      .reversed()
                      .thenComparing(child -> child.name))
              .map(child -> child.built(least))
              .toList());
    }
  }

  private final Node root = new Node("all", Optional.empty());
  private final Parties parties;

  CallTree(Parties parties) {
    this.parties = parties;
  }

  void add(Trace trace, String type, double bytes) {
    List<Frame> frames = trace.frames();
    int outermost = frames.size() - 1;
    while (outermost >= 0 && parties.of(frames.get(outermost)) != Party.APPLICATION) {
      outermost--;
    }
    root.bytes += bytes;
    Node node = root;
    if (outermost < 0) {
      node = node.child(OTHERS, Optional.empty());
      node.bytes += bytes;
      outermost = frames.size() - 1;
    }
    for (int i = outermost; i >= 0 && outermost - i < DEEPEST; i--) {
      Frame frame = frames.get(i);
      node = node.child(frame.name(), Optional.of(parties.of(frame)));
      node.bytes += bytes;
    }
    node.child(type, Optional.empty()).bytes += bytes;
  }

  AllocationNode root() {
    return root.built(root.bytes * LEAST_SHARE);
  }
}
