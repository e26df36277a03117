package dev.cubit.scale;

import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.RangeSplit;
import java.util.List;
import java.util.Map;

/**
 * What a split would do.
 *
 * @param partition that would be split
 * @param kept its lower part, which stays where it is
 * @param added its upper part, whose keys would move
 * @param environment what would be different for the upper part
 * @param move the words of the command that moves keys
 * @param file that would be changed
 * @param lines of it that would go ({@code - }) and come ({@code + })
 */
public record SplitLine(
    String service,
    String partition,
    Part kept,
    Part added,
    Map<String, String> environment,
    List<String> move,
    String file,
    List<String> lines) {
  public SplitLine {
    environment = Map.copyOf(environment);
    move = List.copyOf(move);
    lines = List.copyOf(lines);
  }

  /**
   * All keys from one on to the last that begins with another.
   *
   * @param from empty: from the very first
   * @param to empty: to the very last
   */
  public record Part(String name, String from, String to) {
    static Part of(Range range) {
      return new Part(range.partition(), range.from(), range.to());
    }
  }

  static SplitLine of(Splits.Plan plan) {
    RangeSplit split = plan.split();
    return new SplitLine(
        split.before().name(),
        split.partition(),
        Part.of(split.kept()),
        Part.of(split.added()),
        split.changed(),
        split.move(),
        plan.edit().file().toString(),
        plan.edit().differences());
  }
}
