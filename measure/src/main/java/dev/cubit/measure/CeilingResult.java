package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import dev.cubit.target.TargetUse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a target reaches of what the machine can do, see {@link Ceiling}.
 *
 * @param rows the target first, then the servers that do nothing
 * @param shares of each server that does nothing, in the order of the rows
 * @param interrupted some loads are missing or were cut short
 */
public record CeilingResult(List<Row> rows, List<Share> shares, boolean interrupted) {
  public CeilingResult {
    rows = List.copyOf(rows);
    shares = List.copyOf(shares);
  }

  /**
   * All loads on one contender.
   *
   * @param rounds requests a second of each round
   * @param load of all rounds together
   * @param use of its processes in all rounds; empty where it was not watched
   * @param saturation present where the load generator was the limit in any round
   */
  public record Row(
      String name,
      List<Double> rounds,
      LoadResult load,
      Optional<TargetUse> use,
      Optional<Run.Saturation> saturation) {
    public Row {
      rounds = List.copyOf(rounds);
    }

    static Row of(String name, List<Measured> loads) {
      List<TargetUse> uses = loads.stream().flatMap(m -> m.use().stream()).toList();
      return new Row(
          name,
          loads.stream().map(m -> m.load().requestsPerSecond()).toList(),
          Merge.of(loads.stream().map(Measured::load).toList()),
          uses.isEmpty() ? Optional.empty() : Optional.of(Merge.ofUses(uses)),
          loads.stream().flatMap(m -> m.saturation().stream()).findFirst());
    }

    /** The median of the rounds. */
    public double requestsPerSecond() {
      double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int half = sorted.length / 2;
      if (sorted.length == 0) {
        return 0;
      }
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** How far apart the rounds are: fastest less slowest by the median, 0.1 for 10 %. */
    public double spread() {
      double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
      double median = requestsPerSecond();
      return median > 0
          ? (Arrays.stream(sorted).max().orElse(0) - Arrays.stream(sorted).min().orElse(0)) / median
          : 0;
    }

    /** CPU time of its processes for one response; empty where it was not watched. */
    public OptionalDouble cpuMicrosPerResponse() {
      return use.isEmpty() || load.responses() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(use.get().cpu().toNanos() / 1e3 / load.responses());
    }
  }

  /**
   * What the target reaches of one ceiling.
   *
   * @param ceiling the name of the server that does nothing
   * @param share target by ceiling with its 95 % interval; empty where it cannot be said
   * @param atMost the generator was saturated at the ceiling, so that it may be higher and the
   *     share lower
   * @param sentence the share, or why there is none
   */
  public record Share(String ceiling, Optional<Ratio> share, boolean atMost, String sentence) {}

  /** The share of the first ceiling, for the target's run; empty where it cannot be said. */
  public Optional<Run.CeilingShare> forRun() {
    if (shares.isEmpty() || rows.size() < 2) {
      return Optional.empty();
    }
    Share first = shares.getFirst();
    double ceiling = rows.get(1).requestsPerSecond();
    return first
        .share()
        .map(ratio -> new Run.CeilingShare(ceiling, ratio.estimate(), first.atMost()));
  }
}
