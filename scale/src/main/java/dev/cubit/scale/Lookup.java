package dev.cubit.scale;

import dev.cubit.scale.clone.Rounds;
import dev.cubit.scale.gateway.Endpoint;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows the servers behind one name: looks it up again whenever the answer before holds no longer.
 * A look-up that fails leaves those that were found before, as a name server that is down says
 * nothing about servers.
 */
final class Lookup {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

  private final Site site;
  private final FixedServers.Ground ground;
  private final Runnable onChange;
  private final Thread thread;

  // owned by whoever looks: first() is over before the thread begins
  private Duration holds = AFTER_FAILURE;
  private boolean isKnown = true;
  private Set<Endpoint> told = Set.of();

  // written by whoever looks, read by all
  private volatile Set<Endpoint> found = Set.of();
  private volatile String why = "it has not been looked up yet";
  private final Instant since = Instant.now();

  /**
   * One that has not looked yet.
   *
   * @param onChange called on its thread when the name leads to others than before
   */
  Lookup(Site site, FixedServers.Ground ground, Runnable onChange) {
    this.site = site;
    this.ground = ground;
    this.onChange = onChange;
    this.thread = Thread.ofVirtual().name("dns-" + site).unstarted(this::watch);
  }

  /** Looks for the first time, on the caller's thread. */
  void first() {
    try {
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Goes on looking. */
  void begin() {
    told = found;
    thread.start();
  }

  /** Looks no more. It may still be about to tell of a change. */
  void end() {
    thread.interrupt();
  }

  /** Returns when it looks no more; it has been ended. */
  void awaitEnd() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    try {
      Rounds rounds = new Rounds(this::tell);
      while (true) {
        rounds.go(this::again);
      }
    } catch (InterruptedException e) {
      // nobody wants to know any more
    }
  }

  private void again() throws InterruptedException {
    Thread.sleep(holds);
    look();
    if (!found.equals(told)) {
      onChange.run(); // first: where it fails, it is done again
      told = found;
    }
  }

  private void look() throws InterruptedException {
    try {
      Resolver.Found answer = ground.resolver().find(site.host(), site.port());
      found = answer.servers().stream().map(site::endpoint).collect(Collectors.toUnmodifiableSet());
      holds = answer.holds();
      if (!isKnown) {
        tell("is found again");
      }
      isKnown = true;
    } catch (UnknownHostException e) {
      why = String.valueOf(e.getMessage());
      holds = AFTER_FAILURE;
      if (isKnown) { // said once, not every two seconds
        tell(
            "cannot be found, "
                + (found.isEmpty() ? "so it has no servers" : "so its servers stay as they were")
                + ": "
                + why);
      }
      isKnown = false;
    }
  }

  private void tell(String sentence) {
    ground.events().tell(new ServerEvent(site.service(), site.toString(), sentence));
  }

  /** What it leads to, by the last look-up that did not fail. */
  Set<Endpoint> found() {
    return found;
  }

  /** A line of its own while it leads nowhere. */
  Optional<ServerStatus> status() {
    String name = site.service() + (site.partition().isEmpty() ? "" : "." + site.partition());
    return found.isEmpty()
        ? Optional.of(
            new ServerStatus(
                site.service(),
                site.partition(),
                name + "." + site,
                site.toString(),
                ServerStatus.State.DOWN,
                why,
                since,
                Load.NONE))
        : Optional.empty();
  }
}
