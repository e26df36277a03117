package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.gateway.balance.TwoChoices;
import dev.cubit.scale.topology.Balancing;
import java.util.ArrayDeque;

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
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
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
    wake();
  }

  private void bound(LoopEndpoint endpoint) {
    Balancing.Bounds bounds = balancing.bounds();
    endpoint.limit(worker.share(Math.min(bounds.connections(), bounds.requests())));
  }

  /**
   * Those that may answer a request: the place where partition and version narrow them, while the
   * request's head can still be read.
   */
  Candidates candidates(RequestHead head) {
    return all;
  }

  /** A hash of the request's key, where the policy wants one. */
  long keyHash(RequestHead head) {
    return 0;
  }

  // ---- the queue

  /** Lets a request wait until somebody is free; false where too many wait already. */
  boolean enqueue(Exchange exchange) {
    if (waiting.size() >= worker.share(balancing.bounds().pending())) {
      return false;
    }
    waiting.add(exchange);
    return true;
  }

  void leave(Exchange exchange) {
    waiting.remove(exchange);
  }

  /** Somebody may be free: gives out what waits, in order, once what happens now is over. */
  void wake() {
    if (!waiting.isEmpty() && !waking) {
      waking = true;
      worker.execute(this::giveOut);
    }
  }

  private void giveOut() {
    waking = false;
    while (!waiting.isEmpty() && waiting.peek().leavesQueue()) {
      waiting.poll();
    }
  }
}
