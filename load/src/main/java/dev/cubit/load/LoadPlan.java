package dev.cubit.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A load: what is sent, over what, when, and for how long. An invalid plan cannot exist: every
 * constructor here refuses with the sentence that the user reads.
 *
 * @param requests at least one; where there are several origins, connections are dealt out to them
 *     in turn, and each connection sends the requests of its own
 * @param order in which a connection takes its requests
 * @param maxRequests of all connections together, whatever {@code extent} says
 * @param timeout of one request, from when it was sent, and of opening a connection
 * @param grace how long answers still due at the end are waited for
 * @param bailout the run ends after so many failed requests and mismatches
 * @param threads event loops, each with its share of the connections
 * @param variables placeholders in the requests are filled where this is present
 * @param sampleInterval of {@link LoadResult#samples}, 10 ms to 1 h
 * @param excludeErrorResponses latency and bytes are of 2xx responses only
 */
public record LoadPlan(
    List<Request> requests,
    Order order,
    Connections connections,
    Pace pace,
    Extent extent,
    OptionalLong maxRequests,
    Duration timeout,
    Duration grace,
    OptionalInt bailout,
    int threads,
    Optional<Variables> variables,
    Duration sampleInterval,
    boolean excludeErrorResponses,
    Transport transport) {

  /** The order in which a connection takes its requests. */
  public enum Order {
    IN_TURN,
    RANDOM
  }

  public LoadPlan {
    requests = List.copyOf(requests);
    require(!requests.isEmpty(), "there is no request to send");
    require(
        extent instanceof Extent.Time || maxRequests.isEmpty(),
        "an amount and a maximum of requests say the same: give one of them");
    require(maxRequests.orElse(1) >= 1, "a load has at least 1 request");
    require(
        timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(Duration.ofDays(1)) <= 0,
        "a timeout is 1 ms to 1 day, not " + timeout);
    require(!grace.isNegative(), "the grace time at the end is 0 or more");
    require(bailout.orElse(1) >= 1, "a bailout is after at least 1 failure");
    require(threads >= 1 && threads <= 256, "threads are 1 to 256, not " + threads);
    require(
        threads <= connections.count(),
        "each thread needs a connection: "
            + threads
            + " threads, "
            + connections.count()
            + " connections");
    require(
        sampleInterval.toMillis() >= 10 && sampleInterval.toHours() <= 1,
        "samples are taken every 10 ms to 1 h, not every " + sampleInterval.toMillis() + " ms");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** A closed load of 10 s over 10 connections: autocannon's defaults. */
  public static LoadPlan of(Request... requests) {
    return new LoadPlan(
        List.of(requests),
        Order.IN_TURN,
        Connections.of(10),
        new Pace.AsAnswered(),
        new Extent.Time(Duration.ofSeconds(10)),
        OptionalLong.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        OptionalInt.empty(),
        1,
        Optional.empty(),
        Duration.ofSeconds(1),
        false,
        Transport.AUTO);
  }

  public LoadPlan with(Connections other) {
    return new LoadPlan(
        requests,
        order,
        other,
        pace,
        extent,
        maxRequests,
        timeout,
        grace,
        bailout,
        Math.min(threads, other.count()),
        variables,
        sampleInterval,
        excludeErrorResponses,
        transport);
  }

  public LoadPlan with(Extent other) {
    return new LoadPlan(
        requests,
        order,
        connections,
        pace,
        other,
        maxRequests,
        timeout,
        grace,
        bailout,
        threads,
        variables,
        sampleInterval,
        excludeErrorResponses,
        transport);
  }

  public LoadPlan with(Pace other) {
    return new LoadPlan(
        requests,
        order,
        connections,
        other,
        extent,
        maxRequests,
        timeout,
        grace,
        bailout,
        threads,
        variables,
        sampleInterval,
        excludeErrorResponses,
        transport);
  }

  public LoadPlan with(List<Request> others) {
    return new LoadPlan(
        others,
        order,
        connections,
        pace,
        extent,
        maxRequests,
        timeout,
        grace,
        bailout,
        threads,
        variables,
        sampleInterval,
        excludeErrorResponses,
        transport);
  }

  public LoadPlan withTimeout(Duration other) {
    return new LoadPlan(
        requests,
        order,
        connections,
        pace,
        extent,
        maxRequests,
        other,
        grace,
        bailout,
        threads,
        variables,
        sampleInterval,
        excludeErrorResponses,
        transport);
  }
}
