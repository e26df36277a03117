package dev.cubit.scale.topology;

import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway spreads the requests of a service, and what it does when clones fail.
 *
 * @param policy which clone is asked
 * @param timeouts of a request to a clone
 * @param bounds of what is under way to one clone, and of what waits
 * @param retries of requests that may be repeated
 * @param ejection of clones that fail or are slow
 * @param rate of each client's or key's requests; empty: no bound
 * @param slowStart how long a fresh clone gets less than its share; 0: not at all
 */
public record Balancing(
    Policy policy,
    Timeouts timeouts,
    Bounds bounds,
    Retries retries,
    Ejection ejection,
    Optional<Rate> rate,
    Duration slowStart) {

  /** Which clone is asked. */
  public sealed interface Policy {
    /** The better of two chosen at random, by outstanding requests (Mitzenmacher 2001). */
    record TwoChoices() implements Policy {}

    /** Each in turn. */
    record RoundRobin() implements Policy {}

    /** The one with the fewest outstanding requests. */
    record LeastRequests() implements Policy {}

    /** The better of two by its latency, of which peaks fade slowly, times its load (Finagle). */
    record PeakEwma() implements Policy {}

    /** Always the same one for a key. */
    record Hash(KeySource key) implements Policy {}

    /** The one that a client's cookie names, which the gateway sets. */
    record Sticky(String cookie) implements Policy {}
  }

  /**
   * How long things may take.
   *
   * @param connect to a clone
   * @param idle without a byte in either direction of a request
   * @param request from its head to the first byte of the answer; 504 beyond
   */
  public record Timeouts(Duration connect, Duration idle, Duration request) {}

  /**
   * What may be under way at once.
   *
   * @param connections to one clone
   * @param requests to one clone (HTTP/2, and HTTP/1.1 with it, as each takes a connection)
   * @param pending of one service, waiting for a clone: 503 with Retry-After beyond
   */
  public record Bounds(int connections, int requests, int pending) {}

  /**
   * Repeating a request that is safe to repeat, on another clone.
   *
   * @param attempts in all, the first included; 1: never repeated
   * @param budget share of the requests of the last ten seconds that may be repeats, 0 to 1
   */
  public record Retries(int attempts, double budget) {}

  /**
   * Passive ejection (Envoy's outlier detection).
   *
   * @param failures in a row (connection failed, 502, 503, 504) that eject a clone; 0: never
   * @param latencyFactor a clone whose median latency is above this times the others' is ejected;
   *     0: never
   * @param time of the first ejection; the nth takes n times as long
   * @param most share of a service's clones that may be ejected, 0 to 1: beyond it all are asked
   *     (panic)
   */
  public record Ejection(int failures, double latencyFactor, Duration time, double most) {}

  /**
   * A token bucket for each key: 429 beyond.
   *
   * @param key whose requests are counted; empty: the client's address
   * @param perSecond tokens a second
   * @param burst tokens at most
   */
  public record Rate(Optional<KeySource> key, double perSecond, int burst) {}

  /** What holds where the file says nothing. */
  public static Balancing usual() {
    return new Balancing(
        new Policy.TwoChoices(),
        new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30)),
        new Bounds(1_024, 1_024, 1_024),
        new Retries(2, 0.2),
        new Ejection(5, 0, Duration.ofSeconds(10), 0.5),
        Optional.empty(),
        Duration.ofSeconds(10));
  }
}
