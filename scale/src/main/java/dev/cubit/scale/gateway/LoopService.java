package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Balancer;
import dev.cubit.scale.gateway.balance.Candidates;
import dev.cubit.scale.gateway.balance.Ejection;
import dev.cubit.scale.gateway.balance.KeyHash;
import dev.cubit.scale.gateway.balance.SlowStart;
import dev.cubit.scale.gateway.balance.TwoChoices;
import dev.cubit.scale.partition.FoundKey;
import dev.cubit.scale.partition.KeyFinder;
import dev.cubit.scale.topology.Balancing;
import java.util.ArrayDeque;
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
  final Candidates all = new Candidates();
  final Ejection ejection = new Ejection(all, Balancing.usual().ejection());
  Balancer balancer;

  private final Worker worker;
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
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
    versions =
        wanted.versions().isEmpty()
            ? null
            : new VersionSplit(wanted.versions(), all, worker.ids.random());
    ejection.rules(balancing.ejection());
    for (int i = 0; i < all.size(); i++) {
      bound((LoopEndpoint) all.get(i));
    }
    wake();
  }

  /** An endpoint may be asked from now on. */
  void add(LoopEndpoint endpoint) {
    bound(endpoint);
    all.add(endpoint);
    if (versions != null) {
      versions.add(endpoint);
    }
    weigh(System.nanoTime());
    ejection.settle();
    wake();
  }

  /** It gets nothing new. */
  void remove(LoopEndpoint endpoint) {
    all.remove(endpoint);
    if (versions != null) {
      versions.remove(endpoint);
    }
    ejection.settle();
  }

  /** Looks at what changes with time, some times a second. */
  void tick(long now) {
    weigh(now);
    if (ejection.tick(now)) {
      wake();
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
   * Those that may answer a request: the place where partition and version narrow them, while the
   * request's head can still be read.
   */
  Candidates candidates(RequestHead head, long keyHash) {
    return versions == null ? all : versions.of(head, keyHash, all);
  }

  /** A hash of the request's key, where the policy wants one; of a sticky cookie what it says. */
  long keyHash(RequestHead head) {
    KeyFinder finder = balancerKey;
    if (finder == null || !(find(finder, head) instanceof FoundKey.Key(String text))) {
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
   * Counts a request for its client or key.
   *
   * @return 0 where it may go on; else after how many seconds it may be tried again
   */
  long secondsUntilAllowed(RequestHead head, ClientConnection client, long now) {
    ServiceRules by = rules;
    if (by == null || by.limit().isEmpty()) {
      return 0;
    }
    String who = client.address();
    if (by.rateKey().isPresent() && find(by.rateKey().get(), head) instanceof FoundKey.Key key) {
      who = "key " + key.text();
    }
    long wait = by.limit().get().take(who, now);
    tally.limited += wait > 0 ? 1 : 0;
    return Math.ceilDiv(wait, 1_000_000_000L);
  }

  private FoundKey find(KeyFinder finder, RequestHead head) {
    return finder.find(new KeyPlaces(head, worker.path).begin());
  }

  // ---- the queue

  /** Lets a request wait until somebody is free; false where too many wait already. */
  boolean enqueue(Exchange exchange) {
    int most = balancing.bounds().pending();
    if (most == 0 || waiting.size() >= worker.share(most)) {
      tally.shed++;
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
