package dev.cubit.scale;

import dev.cubit.scale.ServerStatus.State;
import dev.cubit.scale.clone.HealthCount;
import dev.cubit.scale.clone.Rounds;
import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.topology.Care.Health;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One server that Cubit has not started, as long as somebody names it: asks whether it is well, and
 * has the gateway send it requests while it is.
 *
 * <pre>
 *         first answer is good                  fall bad answers in a row
 *   NEW ------------------------> UP (admitted) -------------------------> DOWN (drained)
 *    |                             ^                                        ^ |
 *    |                             +------- rise good answers in a row -----|-+
 *    +------------------- first answer is bad -----------------------------+
 * </pre>
 *
 * Its thread owns it until {@link #end} has returned. That is before the gateway is told to drain
 * it for good, so that it is not admitted behind that one's back.
 */
final class FixedServer {
  private final Endpoint endpoint;
  private final FixedServers.Ground ground;
  private final Supplier<Optional<Health>> health;
  private final HealthCount count = new HealthCount();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final Thread thread;

  private volatile ServerStatus status;

  private FixedServer(
      Endpoint endpoint, FixedServers.Ground ground, Supplier<Optional<Health>> health) {
    this.endpoint = endpoint;
    this.ground = ground;
    this.health = health;
    this.status = status(endpoint, State.NEW, "");
    this.thread = Thread.ofVirtual().name("server-" + endpoint.name()).unstarted(this::watch);
  }

  /**
   * Begins to ask.
   *
   * @param health the question, which may change; empty: whether its port accepts
   */
  static FixedServer begin(
      Endpoint endpoint, FixedServers.Ground ground, Supplier<Optional<Health>> health) {
    FixedServer server = new FixedServer(endpoint, ground, health);
    server.thread.start();
    return server;
  }

  private void watch() {
    try {
      Rounds rounds = new Rounds(this::tell);
      while (true) {
        rounds.go(status.state() == State.NEW ? this::first : this::next);
      }
    } catch (InterruptedException e) {
      // nobody names it any more
    }
  }

  private void first() throws InterruptedException {
    try {
      // requests wait in the gateway while nobody is up, so to ask first costs nothing but the
      // moment until it answers, and no request goes to one that is not there
      Optional<String> unwell = look();
      if (unwell.isEmpty()) {
        up("takes requests");
      } else {
        become(State.DOWN, unwell.get());
        tell("gets no requests yet: " + unwell.get());
      }
    } finally {
      asked.complete(null);
    }
  }

  private void next() throws InterruptedException {
    Thread.sleep(HealthCount.pause(rhythm()));
    follow(look());
  }

  private Optional<String> look() throws InterruptedException {
    Optional<Health> question = health.get();
    if (question.isEmpty()) {
      return ground.probe().port(endpoint.host(), endpoint.port(), rhythm().timeout());
    }
    return endpoint.tls()
        ? SecureProbe.health(ground.gateway(), endpoint, question.get())
        : ground.probe().health(endpoint.host(), endpoint.port(), question.get());
  }

  /** Of the questions, also where they have no path. */
  private Health rhythm() {
    return health.get().orElse(Health.on("/"));
  }

  private void follow(Optional<String> unwell) {
    boolean isUp = status.state() == State.UP;
    boolean turns = count.turns(isUp, unwell.isEmpty(), rhythm());
    if (turns && isUp) {
      var _ = ground.gateway().drain(endpoint); // what it has been given it may still answer
      become(State.DOWN, unwell.orElse(""));
      tell("gets no requests: " + unwell.orElse(""));
    } else if (turns) {
      up("takes requests again");
    }
  }

  private void up(String sentence) {
    ground.gateway().admit(endpoint);
    become(State.UP, "");
    tell(sentence);
  }

  private void become(State state, String why) {
    status = status(endpoint, state, why);
  }

  private void tell(String sentence) {
    ground.events().tell(new ServerEvent(endpoint.service(), endpoint.name(), sentence));
  }

  private static ServerStatus status(Endpoint of, State state, String why) {
    InetSocketAddress address = InetSocketAddress.createUnresolved(of.host(), of.port());
    return new ServerStatus(
        of.service(),
        of.partition(),
        of.name(),
        NetUtil.toSocketAddressString(address),
        state,
        why,
        Instant.now(),
        Load.NONE);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  ServerStatus status() {
    return status;
  }

  /** Returns when it has been asked for the first time. */
  void awaitAsked() {
    asked.join();
  }

  /** Asks no more. When this returns the gateway's endpoint is the caller's. */
  void end() {
    thread.interrupt();
    boolean isInterrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true; // it ends by itself in a moment
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody names it any more; it has been ended. */
  void draining() {
    become(State.DRAINING, "");
    tell("is no longer named, and answers its last requests");
  }
}
