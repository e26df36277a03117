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

  /** The same over other connections, by no more threads than there are of them. */
  public LoadPlan with(Connections other) {
    return change().connections(other).threads(Math.min(threads, other.count())).plan();
  }

  public LoadPlan with(Extent other) {
    return change().extent(other).plan();
  }

  public LoadPlan with(Pace other) {
    return change().pace(other).plan();
  }

  public LoadPlan with(List<Request> others) {
    return change().requests(others).plan();
  }

  public LoadPlan withTimeout(Duration other) {
    return change().timeout(other).plan();
  }

  /** Begins to make another plan that is like this one. */
  public Change change() {
    return new Change(this);
  }

  /** A plan in the making: what is not said stays as it was. */
  public static final class Change {
    private final LoadPlan from;
    private List<Request> requests;
    private Connections connections;
    private Pace pace;
    private Extent extent;
    private OptionalLong maxRequests;
    private Duration timeout;
    private OptionalInt bailout;
    private int threads;
    private Optional<Variables> variables;
    private Duration sampleInterval;
    private Transport transport;

    private Change(LoadPlan from) {
      this.from = from;
      this.requests = from.requests;
      this.connections = from.connections;
      this.pace = from.pace;
      this.extent = from.extent;
      this.maxRequests = from.maxRequests;
      this.timeout = from.timeout;
      this.bailout = from.bailout;
      this.threads = from.threads;
      this.variables = from.variables;
      this.sampleInterval = from.sampleInterval;
      this.transport = from.transport;
    }

    public Change requests(List<Request> others) {
      requests = others;
      return this;
    }

    public Change connections(Connections others) {
      connections = others;
      return this;
    }

    public Change pace(Pace other) {
      pace = other;
      return this;
    }

    public Change extent(Extent other) {
      extent = other;
      return this;
    }

    public Change maxRequests(OptionalLong most) {
      maxRequests = most;
      return this;
    }

    public Change timeout(Duration other) {
      timeout = other;
      return this;
    }

    public Change bailout(OptionalInt failures) {
      bailout = failures;
      return this;
    }

    public Change threads(int count) {
      threads = count;
      return this;
    }

    public Change variables(Variables others) {
      variables = Optional.of(others);
      return this;
    }

    public Change sampleInterval(Duration other) {
      sampleInterval = other;
      return this;
    }

    public Change transport(Transport other) {
      transport = other;
      return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException where it makes no sense, as the constructor
     */
    public LoadPlan plan() {
      return new LoadPlan(
          requests,
          from.order,
          connections,
          pace,
          extent,
          maxRequests,
          timeout,
          from.grace,
          bailout,
          threads,
          variables,
          sampleInterval,
          from.excludeErrorResponses,
          transport);
    }
  }
}
