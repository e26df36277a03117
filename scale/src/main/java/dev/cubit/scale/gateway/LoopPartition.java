package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.partition.KeySketch;

/**
 * One partition of a service on one event loop: who can be asked for its keys, who waits, and what
 * was counted. Owned by the loop.
 */
final class LoopPartition {
  final String name;
  final Line line = new Line();
  final Candidates candidates = line.candidates;
  final Tally tally = new Tally();
  final KeySketch sketch;

  LoopPartition(String name, long seed) {
    this.name = name;
    this.sketch = new KeySketch(seed);
  }

  void addIfIts(LoopEndpoint endpoint) {
    String its = endpoint.endpoint.partition();
    if (its.isEmpty() || its.equals(name)) { // one of no partition answers for all
      candidates.add(endpoint);
    }
  }

  void clear() {
    candidates.clear();
  }
}
