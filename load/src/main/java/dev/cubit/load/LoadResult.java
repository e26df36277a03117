package dev.cubit.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/**
 * What a load gave. Histograms are in microseconds, three significant digits, up to one hour, and
 * not to be changed.
 *
 * @param elapsed from the first request until the end, without the grace time
 * @param ending why it ended
 * @param requestsSent all that left
 * @param responses whole ones that arrived, whatever their status: also those in the grace time
 * @param responsesInTime those that arrived before the end: what throughput is counted by
 * @param statuses how many responses by status code, 1xx among them
 * @param mismatches responses that failed a check
 * @param mismatchExample empty where there is none
 * @param errors requests and connections that failed, by kind
 * @param resets connections lost while in use and opened again
 * @param connectionsOpened all of them, also those opened again
 * @param unsent planned starts that had come before the end and were never sent (open model)
 * @param unanswered requests in flight when the run was over
 * @param bytesRead from the sockets, head and body, until the end
 * @param bytesWritten to the sockets
 * @param latency from the planned start (closed model: from sending) to the last byte; what failed,
 *     timed out, was never sent or was never answered is in it with the time it had waited
 * @param serviceTime from the actual sending to the last byte, answered requests only
 * @param lateness open model: how much later than it could have been a request was sent through the
 *     generator's own fault; the actual send less the planned start or the moment a connection was
 *     free
 * @param connectionWait open model: how long requests waited past their planned start for a
 *     connection to be free; only those that had to wait
 * @param connectTime until a connection was open, TLS included
 * @param bodyBytes sizes of response bodies, in bytes
 * @param samples in order of time
 */
public record LoadResult(
    Instant start,
    Instant finish,
    Duration elapsed,
    Ending ending,
    long requestsSent,
    long responses,
    long responsesInTime,
    SortedMap<Integer, Long> statuses,
    long mismatches,
    String mismatchExample,
    Map<ErrorKind, Errors> errors,
    long resets,
    long connectionsOpened,
    long unsent,
    long unanswered,
    long bytesRead,
    long bytesWritten,
    Histogram latency,
    Histogram serviceTime,
    Histogram lateness,
    Histogram connectionWait,
    Histogram connectTime,
    Histogram bodyBytes,
    List<Sample> samples,
    GeneratorUse generator) {

  /** Why a load ended. */
  public enum Ending {
    COMPLETED,
    BAILED_OUT,
    INTERRUPTED,
    /** No connection could be opened, or none for as long as a request may take. */
    TARGET_LOST
  }

  /**
   * Failures of one kind.
   *
   * @param count at least 1
   * @param example of the first, in one sentence
   */
  public record Errors(long count, String example) {}

  /**
   * One interval of the run.
   *
   * @param at its end, from the start of the run
   * @param length of the interval: of the plan, a multiple of it where a run was so long that
   *     samples were merged, or less for the last
   * @param responses that arrived in it
   * @param bytes read in it
   * @param errors in it
   * @param p50Micros of the latency of those that ended in it; 0 where none did
   */
  public record Sample(
      Duration at,
      Duration length,
      long responses,
      long bytes,
      long errors,
      long p50Micros,
      long p99Micros,
      long maxMicros) {}

  /**
   * How busy the load generator itself was.
   *
   * @param transport that was used: io_uring, epoll or NIO
   * @param loopBusyShares of each event loop: CPU time of its thread by elapsed time, 0 to 1
   * @param cpu of the whole process, JIT compiler and GC included
   */
  public record GeneratorUse(String transport, List<Double> loopBusyShares, Duration cpu) {
    public double busiestLoop() {
      return loopBusyShares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** All failures, mismatches not among them. */
  public long errorCount() {
    return errors.values().stream().mapToLong(Errors::count).sum();
  }

  public long timeouts() {
    Errors timeouts = errors.get(ErrorKind.TIMEOUT);
    return timeouts == null ? 0 : timeouts.count();
  }

  /** Responses with a status from {@code hundreds * 100} to {@code hundreds * 100 + 99}. */
  public long responsesOfClass(int hundreds) {
    return statuses.subMap(hundreds * 100, hundreds * 100 + 100).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Responses a second over the elapsed time. */
  public double requestsPerSecond() {
    return responsesInTime / Math.max(1e-9, elapsed.toNanos() / 1e9);
  }
}
