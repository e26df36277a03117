package dev.cubit.diagnose.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The load under which a service was recorded, as the load generator saw it.
 *
 * @param begin of the load
 * @param length of the load
 * @param responses that arrived in it
 * @param connections of the generator
 * @param closed true where each connection sends as soon as it has its answer
 * @param meanMicros from sending to the last byte, of answered requests
 * @param p50Micros of the latency
 * @param p99Micros of the latency
 * @param failures errors, timeouts and responses of 5xx
 * @param unanswered in flight when the load was over
 * @param generatorBusy of the generator's busiest thread, 0 to 1
 * @param generatorThreads that send
 * @param generatorCores CPU time a second of the generator's whole process
 * @param generatorReady its threads that waited for a core, in the mean
 * @param seconds the load over time
 */
public record Traffic(
    Instant begin,
    Duration length,
    long responses,
    int connections,
    boolean closed,
    double meanMicros,
    long p50Micros,
    long p99Micros,
    long failures,
    long unanswered,
    double generatorBusy,
    int generatorThreads,
    double generatorCores,
    double generatorReady,
    List<Second> seconds) {
  public Traffic {
    seconds = List.copyOf(seconds);
  }

  /**
   * One interval of the load.
   *
   * @param at its end, in seconds since the begin of the load
   * @param rate responses a second in it
   * @param p50Micros of the latency in it
   * @param p99Micros of the latency in it
   */
  public record Second(double at, double rate, long p50Micros, long p99Micros) {}

  /** Responses a second. */
  public double rate() {
    return responses / Math.max(1e-9, length.toNanos() / 1e9);
  }

  /**
   * Requests in flight in the mean, by Little's law: throughput times mean time in the system.
   * Where hardly any was answered, a closed load has one on each connection.
   */
  public double inFlight() {
    return closed && responses < 10L * connections
        ? connections
        : Math.min(connections, rate() * meanMicros / 1e6);
  }
}
