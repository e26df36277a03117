package dev.cubit.scale;

import dev.cubit.scale.gateway.PartitionLoad;
import dev.cubit.scale.partition.KeyLoad;
import java.util.List;
import java.util.Optional;

/**
 * What one partition of a service carries, as {@code cubit partitions} shows it.
 *
 * @param endpoints clones or servers that can be asked for its keys
 * @param requests since the system is up; one without a key counts in each partition
 * @param errors of them: failed, or not answered
 * @param share of the service's recent requests with a key, 0 to 1
 * @param keys how many different ones were asked for, about
 * @param hottest keys that most recent requests ask for
 * @param split where to split so that both halves carry the same load; empty where that cannot be
 */
public record PartitionLine(
    String partition,
    int endpoints,
    long requests,
    long errors,
    double p50Millis,
    double p99Millis,
    double share,
    long keys,
    List<KeyLoad.HotKey> hottest,
    Optional<KeyLoad.Split> split) {
  public PartitionLine {
    hottest = List.copyOf(hottest);
  }

  /** Of each. */
  static List<PartitionLine> of(List<PartitionLoad> loads) {
    return loads.stream().map(PartitionLine::of).toList();
  }

  private static PartitionLine of(PartitionLoad load) {
    return new PartitionLine(
        load.partition(),
        load.endpoints(),
        load.counts().requests(),
        load.counts().failed(),
        load.latency(50).toNanos() / 1e6,
        load.latency(99).toNanos() / 1e6,
        load.share(),
        load.keys().keys(),
        load.hottest(),
        load.split());
  }
}
