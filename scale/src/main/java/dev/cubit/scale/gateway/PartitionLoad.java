package dev.cubit.scale.gateway;

import dev.cubit.scale.partition.KeyLoad;
import dev.cubit.scale.partition.RangeMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one partition of a service carries.
 *
 * @param partition its name
 * @param endpoints that can be asked for its keys
 * @param counts since it is there; a request without a key counts in each partition
 * @param keys what is known of the keys that were asked for; what is older than a minute counts
 *     half
 * @param share of the service's recent requests with a key, 0 to 1
 * @param isRange whether it can be split at a key
 */
public record PartitionLoad(
    String partition,
    int endpoints,
    Statistics.Counts counts,
    KeyLoad keys,
    double share,
    boolean isRange) {

  /**
   * So many percent of whole answers were as fast; zero where there are none.
   *
   * @param percent 50 is the median
   */
  public Duration latency(double percent) {
    Histogram micros = counts.latencyMicros();
    return micros.getTotalCount() == 0
        ? Duration.ZERO
        : Duration.ofNanos(1000 * micros.getValueAtPercentile(percent));
  }

  /** Those that most recent requests ask for, the hottest first. */
  public List<KeyLoad.HotKey> hottest() {
    return keys.hottest();
  }

  /** Where to split so that both halves carry the same load; empty where that cannot be. */
  public Optional<KeyLoad.Split> split() {
    return isRange ? keys.split() : Optional.empty();
  }

  static PartitionLoad of(LoopPartition partition, PartitionTable table) {
    return new PartitionLoad(
        partition.name,
        partition.candidates.size(),
        partition.tally.counts(),
        partition.sketch.snapshot(),
        0,
        table.map() instanceof RangeMap);
  }

  /** Of all loops. */
  static List<PartitionLoad> joined(List<List<PartitionLoad>> loops) {
    Map<String, List<PartitionLoad>> byName = new LinkedHashMap<>();
    for (List<PartitionLoad> loop : loops) {
      loop.forEach(l -> byName.computeIfAbsent(l.partition, n -> new ArrayList<>()).add(l));
    }
    List<PartitionLoad> all = byName.values().stream().map(l -> joinedOne(l)).toList();
    double recent = all.stream().mapToDouble(l -> l.keys.recent()).sum();
    return all.stream().map(l -> l.withShare(l.keys.recent() / Math.max(1, recent))).toList();
  }

  private static PartitionLoad joinedOne(List<PartitionLoad> loads) {
    PartitionLoad first = loads.getFirst();
    return new PartitionLoad(
        first.partition,
        first.endpoints,
        loads.stream().map(PartitionLoad::counts).reduce(Statistics.Counts::plus).orElseThrow(),
        KeyLoad.merged(loads.stream().map(PartitionLoad::keys).toList()),
        0,
        first.isRange);
  }

  private PartitionLoad withShare(double known) {
    return new PartitionLoad(partition, endpoints, counts, keys, known, isRange);
  }
}
