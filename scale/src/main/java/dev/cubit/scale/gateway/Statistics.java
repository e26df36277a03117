package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.balance.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What the gateway has done since its start. Counts only grow, but for what is in flight or
 * ejected: take the difference of two for a rate.
 *
 * @param endpoints those that are admitted or drain; a request counts here once an attempt
 * @param services by name; a request counts here once, however often it was repeated
 * @param clients connections of clients that are open
 * @param ownAnswers requests that reached no service, by the status that the gateway answered
 */
public record Statistics(
    Map<Endpoint, Counts> endpoints,
    Map<String, Counts> services,
    long clients,
    Map<Integer, Long> ownAnswers) {

  /** What was counted of an endpoint or a service. */
  public record Counts(
      long requests,
      long inFlight,
      long switched,
      long succeeded,
      long redirected,
      long clientErrors,
      long serverErrors,
      Map<Outcome, Long> errors,
      long unavailable,
      long shed,
      long limited,
      long ejections,
      long ejectedBy,
      long repeats,
      long bytesIn,
      long bytesOut,
      Histogram latencyMicros) {

    /**
     * As counted.
     *
     * @param switched answered 101: a WebSocket from then on
     * @param succeeded answered 2xx; then 3xx, 4xx, 5xx by the service
     * @param errors requests without a whole answer, by what went wrong
     * @param unavailable answered 503 by the gateway, as no endpoint was free in time
     * @param shed of these, those for which the queue was too long already
     * @param limited answered 429 by the gateway; not among the requests
     * @param ejections how often an event loop took an endpoint out for a while
     * @param ejectedBy how many event loops have it out now; not of a service
     * @param repeats attempts beyond the first
     * @param bytesIn from clients, heads included, as the service gets them
     * @param bytesOut to clients, heads included
     * @param latencyMicros of whole answers, from the request's head to the last byte; up to an
     *     hour, exact to 1 %
     */
    public Counts {
      errors = Map.copyOf(errors);
      latencyMicros = latencyMicros.copy();
    }

    /** Requests that were failed, or not answered; not those that clients gave up. */
    public long failed() {
      return serverErrors
          + unavailable
          + errors.entrySet().stream()
              .filter(error -> error.getKey() != Outcome.CANCELLED)
              .mapToLong(Map.Entry::getValue)
              .sum();
    }

    Counts plus(Counts other) {
      Map<Outcome, Long> both = new EnumMap<>(Outcome.class);
      both.putAll(errors);
      other.errors.forEach((outcome, n) -> both.merge(outcome, n, Long::sum));
      Histogram latency = latencyMicros.copy();
      latency.add(other.latencyMicros);
      return new Counts(
          requests + other.requests,
          inFlight + other.inFlight,
          switched + other.switched,
          succeeded + other.succeeded,
          redirected + other.redirected,
          clientErrors + other.clientErrors,
          serverErrors + other.serverErrors,
          both,
          unavailable + other.unavailable,
          shed + other.shed,
          limited + other.limited,
          ejections + other.ejections,
          ejectedBy + other.ejectedBy,
          repeats + other.repeats,
          bytesIn + other.bytesIn,
          bytesOut + other.bytesOut,
          latency);
    }
  }

  /** As counted. */
  public Statistics {
    endpoints = Map.copyOf(endpoints);
    services = Map.copyOf(services);
    ownAnswers = Map.copyOf(ownAnswers);
  }

  Statistics plus(Statistics other) {
    Map<Endpoint, Counts> bothEndpoints = new HashMap<>(endpoints);
    other.endpoints.forEach((e, counts) -> bothEndpoints.merge(e, counts, Counts::plus));
    Map<String, Counts> bothServices = new TreeMap<>(services);
    other.services.forEach((s, counts) -> bothServices.merge(s, counts, Counts::plus));
    Map<Integer, Long> bothOwn = new TreeMap<>(ownAnswers);
    other.ownAnswers.forEach((status, n) -> bothOwn.merge(status, n, Long::sum));
    return new Statistics(bothEndpoints, bothServices, clients + other.clients, bothOwn);
  }
}
