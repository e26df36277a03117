package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ranges of a file: {@code A-L}, one letter alone, or {@code from..to} where a key has a hyphen
 * or an end is open. Gaps and overlaps are problems.
 */
final class Ranges {
  static final String OTHER = "other";

  private final Folding folding;
  private final List<Placed> all = new ArrayList<>();
  private Optional<String> outside = Optional.empty();

  private record Placed(Range range, Item item) {}

  Ranges(Folding folding) {
    this.folding = folding;
  }

  void add(Item item) {
    String text = item.name();
    if (text.equals(OTHER)) {
      outside = Optional.of(OTHER);
      return;
    }
    RangeName name = RangeName.of(text);
    String from = folding.fold(name.from());
    String to = folding.fold(name.to());
    if (to.contains("-") && !name.dotted()) {
      item.keyProblem("'" + text + "' has two hyphens: write from..to");
    } else if ((from.isEmpty() || to.isEmpty()) && !name.dotted()) {
      item.keyProblem("'" + text + "' has no range: write A-L, or M.. for all from M on");
    } else {
      add(new Range(text, from, to), item);
    }
  }

  private void add(Range range, Item item) {
    boolean backwards =
        range.end().filter(end -> KeyOrder.compare(range.from(), end) >= 0).isPresent();
    if (backwards) {
      item.keyProblem(
          "'%s' ends before it begins: write %s-%s"
              .formatted(item.name(), range.to(), range.from()));
    } else {
      all.add(new Placed(range, item));
    }
  }

  Scheme toScheme() {
    all.sort(Comparator.comparing(p -> p.range().from(), KeyOrder.comparator()));
    for (int i = 1; i < all.size(); i++) {
      compare(all.get(i - 1).range(), all.get(i));
    }
    return new Scheme.ByRange(all.stream().map(Placed::range).toList(), outside);
  }

  private static void compare(Range before, Placed after) {
    String from = after.range().from();
    Optional<String> end = before.end();
    int order = end.map(e -> KeyOrder.compare(e, from)).orElse(1);
    String names = "'" + before.partition() + "' and '" + after.range().partition() + "'";
    if (order > 0) {
      after.item.keyProblem(names + " overlap: both own keys that begin with " + from);
    } else if (order < 0) {
      after.item.keyProblem(
          "a gap between %s: nobody owns keys %s; let one of the two have them"
              .formatted(names, gap(end.orElse(""), from)));
    }
  }

  private static String gap(String first, String before) {
    String to = KeyOrder.lastPrefixBefore(before).orElse(first);
    if (first.equals(to)) {
      return "that begin with " + first;
    }
    boolean letters = first.codePointCount(0, first.length()) == to.codePointCount(0, to.length());
    return letters
        ? "that begin with " + first + " to " + to
        : "from " + first + " to before " + before;
  }
}
