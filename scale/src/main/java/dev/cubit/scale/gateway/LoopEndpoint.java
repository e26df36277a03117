package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Candidate;
import dev.cubit.scale.gateway.balance.Ejection;
import dev.cubit.scale.gateway.balance.Outcome;
import dev.cubit.scale.topology.Link;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One endpoint on one event loop: its kept connections, and its counts. Owned by the loop.
 *
 * <pre>
 *   ADMITTED ── drain() ──► DRAINING ── last request answered ──► drained completes
 *      ▲                       │
 *      └────── admit() ────────┘  that drain is cancelled
 * </pre>
 */
final class LoopEndpoint extends Candidate {
  /** Servers close kept connections after 5 s (Node) to 75 s (nginx); rather we than they. */
  private static final long KEPT_NANOS = 4_500_000_000L;

  /** A request that may not be repeated goes only to a connection used as recently as that. */
  private static final long FRESH_NANOS = 1_000_000_000L;

  final Endpoint endpoint;
  final LoopService service;

  /** Of those that answer for the same keys. */
  final Ejection ejection;

  final Tally tally = new Tally();

  private final Worker worker;
  private final Dialer dialer;
  private final StreamPool streams;
  private final List<UpstreamConnection> kept = new ArrayList<>();
  private boolean draining;
  private List<CompletableFuture<Void>> drained = new ArrayList<>();

  LoopEndpoint(
      Worker worker, Endpoint endpoint, LoopService service, InetSocketAddress address, long now) {
    super(endpoint.name(), now);
    this.worker = worker;
    this.endpoint = endpoint;
    this.service = service;
    this.ejection = service.ejection(endpoint.partition());
    this.dialer = new Dialer(worker, endpoint, service, address);
    this.streams = new StreamPool(worker, dialer, endpoint.tls());
  }

  // ---- connections

  /**
   * Takes the connection that was used last, or opens one. The exchange gets it now, and {@link
   * Caller#connected} or {@link Caller#failed} later where it is not open yet.
   *
   * @param fresh whether only a new one will do
   */
  UpstreamConnection connection(Caller exchange, boolean fresh, boolean repeatable, long now) {
    while (!fresh && !kept.isEmpty()) {
      UpstreamConnection last = kept.getLast();
      if (!last.isAlive()) {
        kept.removeLast();
        continue;
      }
      if (repeatable || now - last.idleSince < FRESH_NANOS) {
        kept.removeLast();
        last.take(exchange);
        return last;
      }
      break;
    }
    UpstreamConnection opening = new UpstreamConnection(worker, this);
    opening.take(exchange);
    if (service.link.protocol() == Link.Protocol.HTTP_2) {
      streams.open(opening);
    } else {
      dialer.dial(channel -> channel.pipeline().addLast(opening), opening::tried);
    }
    return opening;
  }

  /** A connection can be used again. */
  void keep(UpstreamConnection connection, long now) {
    if (draining) {
      connection.close();
    } else {
      connection.idleSince = now;
      kept.add(connection);
    }
  }

  /** A kept connection has ended. */
  void lost(UpstreamConnection connection) {
    kept.remove(connection);
  }

  /** Closes what was not used for a while; the oldest are in front. */
  void expire(long now) {
    streams.tick(now);
    while (!kept.isEmpty() && now - kept.getFirst().idleSince > KEPT_NANOS) {
      kept.removeFirst().close();
    }
  }

  // ---- attempts, hot

  /** It is given a request. */
  void given(long now) {
    begun();
    tally.requests++;
    service.balancer.begun(this, now);
  }

  /** What it was given has ended; what that says of it is learnt, and somebody else may ask. */
  void attemptEnded(Outcome outcome, int status, long in, long out, long nanos, long now) {
    tally.ended(outcome, status, nanos);
    tally.bytesIn += in;
    tally.bytesOut += out;
    service.balancer.ended(this, outcome, status, nanos, now);
    ejection.ended(this, outcome, status, nanos, now);
    ended();
    service.wake();
  }

  // ---- coming and going

  void admit() {
    draining = false;
    drained.forEach(f -> f.cancel(false));
    drained = new ArrayList<>();
  }

  boolean isDraining() {
    return draining;
  }

  void drain(CompletableFuture<Void> done) {
    draining = true;
    closeKept();
    drained.add(done);
    completeIfDrained();
  }

  void closeKept() {
    streams.retire();
    List<UpstreamConnection> all = List.copyOf(kept);
    kept.clear();
    all.forEach(UpstreamConnection::close);
  }

  @Override
  public void ended() {
    super.ended();
    completeIfDrained();
  }

  private void completeIfDrained() {
    if (draining && outstanding() == 0) {
      drained.forEach(f -> f.complete(null));
      drained = new ArrayList<>();
    }
  }
}
