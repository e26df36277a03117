package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.partition.FoundKey;
import dev.cubit.scale.partition.PartitionMap;
import dev.cubit.scale.topology.Partitioning.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of one service on one event loop, by one {@link PartitionTable}. Owned by the
 * loop. Another table means another one of these; partitions that keep their name keep their
 * counts.
 */
final class LoopPartitions {
  /** After so long what was asked counts half. */
  private static final long HALF_LIFE_NANOS = 60_000_000_000L;

  final PartitionTable table;

  /** In the map's order. */
  private final List<LoopPartition> all;

  /** Keys that go to nobody for a while, whoever owns them; null: none. */
  private @Nullable Held held;

  private long faded = System.nanoTime();

  /**
   * Keys that wait.
   *
   * @param partition stands for their owner, and has nobody who could be asked
   */
  private record Held(Range keys, LoopPartition partition) {}

  /** Where a request goes. */
  sealed interface Goal {
    /** To the partition that owns its key. */
    record Owner(LoopPartition partition, String key) implements Goal {}

    /** To all of them: it has no key. */
    enum All implements Goal {
      ALL
    }

    /** Nowhere. */
    record Nowhere(int status, String sentence) implements Goal {}
  }

  private LoopPartitions(PartitionTable table, List<LoopPartition> all) {
    this.table = table;
    this.all = all;
  }

  /**
   * Those of a table.
   *
   * @param before what was there until now; it must not be used any longer
   * @param endpoints of the service
   */
  static LoopPartitions of(
      PartitionTable table, Optional<LoopPartitions> before, Candidates endpoints, Ids ids) {
    List<LoopPartition> all = new ArrayList<>();
    for (String name : table.map().partitions()) {
      all.add(
          before
              .flatMap(b -> b.find(name))
              .orElseGet(() -> new LoopPartition(name, ids.random().nextLong())));
    }
    before.ifPresent(b -> b.all.forEach(LoopPartition::clear));
    LoopPartitions fresh = new LoopPartitions(table, List.copyOf(all));
    fresh.held = before.map(b -> b.held).orElse(null);
    for (int i = 0; i < endpoints.size(); i++) {
      fresh.add((LoopEndpoint) endpoints.get(i));
    }
    return fresh;
  }

  private Optional<LoopPartition> find(String name) {
    return all.stream().filter(p -> p.name.equals(name)).findFirst();
  }

  List<LoopPartition> all() {
    return all;
  }

  // ---- where requests go: hot for services with partitions

  Goal goal(KeyPlaces request) {
    FoundKey found = table.keys().find(request);
    if (request.isMalformed()) {
      return new Goal.Nowhere(400, "the key is not UTF-8");
    }
    return switch (found) {
      case FoundKey.Key(String text) -> owner(text);
      case FoundKey.None none ->
          table.wantsToken()
              ? new Goal.Nowhere(401, "the request has no key, which is wanted in " + table.place())
              : Goal.All.ALL;
      case FoundKey.Refused(int status, String sentence) -> new Goal.Nowhere(status, sentence);
    };
  }

  /** Of a folded key. */
  Goal owner(String key) {
    Held waits = held;
    if (waits != null && waits.keys.contains(key)) {
      return new Goal.Owner(waits.partition, key);
    }
    int owner = table.map().owner(key);
    return owner == PartitionMap.NOBODY
        ? new Goal.Nowhere(404, "no partition of the service has the key")
        : new Goal.Owner(all.get(owner), key);
  }

  // ---- keys that are held

  /**
   * Sends requests for these keys to nobody from now on: they wait, as where nobody is free, also
   * those that wait already. What is under way goes on.
   */
  void hold(Range keys) {
    List<Line.Waiter> waiting = new ArrayList<>(release());
    waiting.addAll(takeWaiting());
    held = new Held(keys, new LoopPartition(keys.partition(), 0));
    waiting.forEach(Line.Waiter::askAnew);
  }

  /** Holds none any more, and hands back who has waited. */
  List<Line.Waiter> release() {
    Held waits = held;
    held = null;
    return waits == null ? List.of() : waits.partition.line.takeAll();
  }

  // ---- coming and going

  void add(LoopEndpoint endpoint) {
    for (LoopPartition partition : all) {
      partition.addIfIts(endpoint);
    }
  }

  void remove(LoopEndpoint endpoint) {
    for (LoopPartition partition : all) {
      partition.candidates.remove(endpoint);
    }
  }

  boolean hasWaiting() {
    for (LoopPartition partition : all) {
      if (!partition.line.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  void giveOut() {
    for (LoopPartition partition : all) {
      partition.line.giveOut();
    }
  }

  List<Line.Waiter> takeWaiting() {
    return all.stream().flatMap(partition -> partition.line.takeAll().stream()).toList();
  }

  void tick(long now) {
    if (now - faded > HALF_LIFE_NANOS) {
      faded = now;
      all.forEach(partition -> partition.sketch.fade());
    }
  }
}
