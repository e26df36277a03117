package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.gateway.balance.TwoChoices;
import dev.cubit.scale.topology.Balancing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One service on one event loop: who can be asked, and who waits. Owned by the loop; it takes its
 * share of the service's bounds, as the loops share no counts.
 */
final class LoopService {
  final String name;
  final byte[] nameBytes;
  final Tally tally = new Tally();
  final RetryBudget budget = new RetryBudget();
  final Candidates all = new Candidates();
  final Balancer balancer;

  private final Worker worker;
  private final Line line = new Line();

  /** Null where every endpoint answers for every key. */
  @Nullable LoopPartitions partitions;

  private Balancing balancing = Balancing.usual();
  private boolean waking;

  LoopService(String name, Worker worker) {
    this.name = name;
    this.nameBytes = Bytes.of(name);
    this.worker = worker;
    this.balancer = new TwoChoices(worker.ids.random());
  }

  Balancing balancing() {
    return balancing;
  }

  void balancing(Balancing wanted) {
    balancing = wanted;
    for (int i = 0; i < all.size(); i++) {
      bound((LoopEndpoint) all.get(i));
    }
    wake();
  }

  /** An endpoint may be asked from now on. */
  void add(LoopEndpoint endpoint) {
    bound(endpoint);
    all.add(endpoint);
    LoopPartitions by = partitions;
    if (by != null) {
      by.add(endpoint);
    }
    wake();
  }

  /** It gets nothing new. */
  void remove(LoopEndpoint endpoint) {
    all.remove(endpoint);
    LoopPartitions by = partitions;
    if (by != null) {
      by.remove(endpoint);
    }
  }

  /** Keys find their owner by another table from now on, also those that wait. */
  void partitions(Optional<PartitionTable> table) {
    LoopPartitions before = partitions;
    if (before != null && table.isPresent() && table.get().equals(before.table)) {
      return;
    }
    if (before == null && table.isEmpty()) {
      return;
    }
    List<Line.Waiter> waiting = before == null ? line.takeAll() : before.takeWaiting();
    partitions =
        table
            .map(t -> LoopPartitions.of(t, Optional.ofNullable(before), all, worker.ids))
            .orElse(null);
    waiting.forEach(Line.Waiter::askAnew);
  }

  private void bound(LoopEndpoint endpoint) {
    Balancing.Bounds bounds = balancing.bounds();
    endpoint.limit(worker.share(Math.min(bounds.connections(), bounds.requests())));
  }

  /**
   * Those that may answer a request, where its partition has not narrowed them: the place where its
   * version does, while the request's head can still be read.
   */
  Candidates candidates(RequestHead head) {
    return all;
  }

  /** A hash of the request's key, where the policy wants one. */
  long keyHash(RequestHead head) {
    return 0;
  }

  // ---- the queue

  /**
   * Lets a request wait until somebody is free; false where too many wait already.
   *
   * @param at null: it may go to anybody
   */
  boolean enqueue(Line.Waiter waiter, @Nullable LoopPartition at) {
    return lineOf(at).enqueue(waiter, worker.share(balancing.bounds().pending()));
  }

  void leave(Line.Waiter waiter, @Nullable LoopPartition at) {
    lineOf(at).leave(waiter);
  }

  private Line lineOf(@Nullable LoopPartition at) {
    return at == null ? line : at.line;
  }

  /** Somebody may be free: gives out what waits, in order, once what happens now is over. */
  void wake() {
    if (!waking && (!line.isEmpty() || (partitions != null && partitions.hasWaiting()))) {
      waking = true;
      worker.execute(this::giveOut);
    }
  }

  private void giveOut() {
    waking = false;
    line.giveOut();
    LoopPartitions by = partitions;
    if (by != null) {
      by.giveOut();
    }
  }

  void tick(long now) {
    LoopPartitions by = partitions;
    if (by != null) {
      by.tick(now);
    }
  }
}
