package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.gateway.balance.Ejection;
import dev.cubit.scale.gateway.balance.KeyHash;
import dev.cubit.scale.gateway.balance.SlowStart;
import dev.cubit.scale.gateway.balance.TwoChoices;
import dev.cubit.scale.gateway.tls.ClientTls;
import dev.cubit.scale.partition.FoundKey;
import dev.cubit.scale.partition.KeyFinder;
import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One service on one event loop: who can be asked, and who waits. Owned by the loop; it takes its
 * share of the service's bounds, as the loops share no counts: of connections, requests and pending
 * ones the whole divided by the number of loops, rounded up. What has failed or is slow each loop
 * finds for itself. Only the rate limit is one for all loops.
 */
final class LoopService {
  final String name;
  final byte[] nameBytes;
  final Tally tally = new Tally();
  final RetryBudget budget = new RetryBudget();
  final Line line = new Line();
  final Candidates all = line.candidates;
  Balancer balancer;

  private final Worker worker;

  /**
   * By the partition of those that they watch; empty: those of none. How many may be out at once,
   * and what is slow, only those can tell that answer for the same keys.
   */
  private final Map<String, Ejection> ejections = new HashMap<>();

  /** Null where every endpoint answers for every key. */
  @Nullable LoopPartitions partitions;

  ClientTls tls = ClientTls.usual();
  Link link = Link.usual();

  private Balancing balancing = Balancing.usual();
  private @Nullable ServiceRules rules;
  private @Nullable KeyFinder balancerKey;
  private @Nullable VersionSplit versions;
  private byte[] cookie = {};
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

  /** By other rules from now on. A policy that stays keeps what it has learnt. */
  void rules(ServiceRules wanted) {
    Balancing.Policy before = balancing.policy();
    rules = wanted;
    balancing = wanted.balancing();
    if (!balancing.policy().equals(before)) {
      balancer = ServiceRules.balancer(balancing.policy(), worker.ids.random());
    }
    cookie =
        balancing.policy() instanceof Balancing.Policy.Sticky(String name)
            ? Bytes.of("set-cookie: " + name + "=")
            : new byte[0];
    balancerKey = wanted.balancerKey().orElse(null);
    ejections.values().forEach(ejection -> ejection.rules(balancing.ejection()));
    for (int i = 0; i < all.size(); i++) {
      bound((LoopEndpoint) all.get(i));
    }
    Optional<VersionSplit> split = Optional.ofNullable(versions);
    List<Line.Waiter> waiting = split.map(VersionSplit::takeWaiting).orElse(List.of());
    versions =
        wanted.versions().isEmpty()
            ? null
            : new VersionSplit(wanted.versions(), split, all, worker.ids.random());
    waiting.forEach(Line.Waiter::askAnew); // the version that they wait for may be gone
    wake();
  }

  /** Of those of a partition; empty: those of none. */
  Ejection ejection(String partition) {
    return ejections.computeIfAbsent(
        partition, p -> new Ejection(new Candidates(), balancing.ejection()));
  }

  /** How often one was taken out, so far. */
  long ejections() {
    return ejections.values().stream().mapToLong(Ejection::ejections).sum();
  }

  /** An endpoint may be asked from now on. */
  void add(LoopEndpoint endpoint) {
    bound(endpoint);
    all.add(endpoint);
    endpoint.ejection.add(endpoint);
    if (versions != null) {
      versions.add(endpoint);
    }
    if (partitions != null) {
      partitions.add(endpoint);
    }
    weigh(System.nanoTime());
    wake();
  }

  /** It gets nothing new. */
  void remove(LoopEndpoint endpoint) {
    all.remove(endpoint);
    endpoint.ejection.remove(endpoint);
    if (versions != null) {
      versions.remove(endpoint);
    }
    if (partitions != null) {
      partitions.remove(endpoint);
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
    List<Line.Waiter> waiting =
        new ArrayList<>(before == null ? line.takeAll() : before.takeWaiting());
    if (before != null && table.isEmpty()) {
      waiting.addAll(before.release());
    }
    partitions =
        table
            .map(t -> LoopPartitions.of(t, Optional.ofNullable(before), all, worker.ids))
            .orElse(null);
    waiting.forEach(Line.Waiter::askAnew);
  }

  /** Looks at what changes with time, some times a second. */
  void tick(long now) {
    weigh(now);
    boolean back = false;
    for (Ejection ejection : ejections.values()) {
      back |= ejection.tick(now);
    }
    if (back) {
      wake();
    }
    if (partitions != null) {
      partitions.tick(now);
    }
  }

  private void weigh(long now) {
    long time = balancing.slowStart().toNanos();
    for (int i = 0; i < all.size(); i++) {
      all.get(i).weight(SlowStart.weight(now - all.get(i).sinceNanos(), time));
    }
  }

  private void bound(LoopEndpoint endpoint) {
    Balancing.Bounds bounds = balancing.bounds();
    endpoint.limit(worker.share(Math.min(bounds.connections(), bounds.requests())));
  }

  /**
   * Whom a request may be given to, unless its partition says that: all, or those of its version,
   * which is found while its head can still be read.
   */
  Line lineFor(RequestHead head, long keyHash) {
    return versions == null ? line : versions.of(head, keyHash, line);
  }

  /** That of a version that was chosen earlier; where that is gone, of all. */
  Line current(Line chosen) {
    return versions != null && versions.has(chosen) ? chosen : line;
  }

  /**
   * A hash of the key of the request that is read, where the policy wants one; of a sticky cookie
   * what it says.
   */
  long keyHash() {
    KeyFinder finder = balancerKey;
    if (finder == null || !(find(finder) instanceof FoundKey.Key(String text))) {
      return 0;
    }
    return cookie.length == 0 ? KeyHash.of(text) : StickyCookie.read(text);
  }

  /** What makes a client come back to whom it was given to; empty where no policy wants it. */
  byte[] cookieFor(LoopEndpoint endpoint, long keyHash) {
    return cookie.length == 0 || endpoint.nameHash() == keyHash
        ? StickyCookie.NONE
        : StickyCookie.field(cookie, endpoint.nameHash());
  }

  /**
   * Counts the request that is read for its client or key.
   *
   * @return 0 where it may go on; else after how many seconds it may be tried again
   */
  long secondsUntilAllowed(ClientConnection client, long now) {
    ServiceRules by = rules;
    if (by == null || by.limit().isEmpty()) {
      return 0;
    }
    String who = client.address();
    if (by.rateKey().isPresent() && find(by.rateKey().get()) instanceof FoundKey.Key key) {
      who = "key " + key.text();
    }
    long wait = by.limit().get().take(who, now);
    tally.limited += wait > 0 ? 1 : 0;
    return Math.ceilDiv(wait, 1_000_000_000L);
  }

  private FoundKey find(KeyFinder finder) {
    return finder.find(worker.keyPlaces.begin());
  }

  // ---- the queue

  /** Lets a request wait until somebody is free; false where too many wait already. */
  boolean enqueue(Line.Waiter waiter, Line at) {
    int most = balancing.bounds().pending();
    return most > 0 && at.enqueue(waiter, worker.share(most));
  }

  /** Somebody may be free: gives out what waits, in order, once what happens now is over. */
  void wake() {
    if (!waking && hasWaiting()) {
      waking = true;
      worker.execute(this::giveOut);
    }
  }

  private boolean hasWaiting() {
    return !line.isEmpty()
        || (versions != null && versions.hasWaiting())
        || (partitions != null && partitions.hasWaiting());
  }

  private void giveOut() {
    waking = false;
    line.giveOut();
    if (versions != null) {
      versions.giveOut();
    }
    if (partitions != null) {
      partitions.giveOut();
    }
  }
}
