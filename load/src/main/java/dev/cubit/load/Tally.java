package dev.cubit.load;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one event loop counts between two snapshots. Owned by the loop's thread until it is handed
 * over whole; the loop then goes on with another. Nothing in it grows with the number of requests.
 */
final class Tally {
  /** Histograms: microseconds up to an hour, three significant digits. */
  static final long LONGEST_MICROS = 3_600_000_000L;

  /** Of answered requests, from sending to the last byte. */
  final Histogram service = micros();

  /**
   * Of answered requests, from the planned start; in the closed model nothing, as it is the same.
   */
  final Histogram planned;

  /** Of requests without an answer: what they had waited since the planned start. */
  final Histogram failed = sparse();

  final Histogram lateness = sparse();
  final Histogram connectionWait = sparse();
  final Histogram connectTime = sparse();
  final Histogram bodyBytes = sparse();

  final long[] statuses = new long[1000];
  final Map<ErrorKind, LoadResult.Errors> errors = new EnumMap<>(ErrorKind.class);
  String mismatchExample = "";
  long sent;
  long responses;
  long mismatches;
  long resets;
  long opened;
  long unsent;
  long unanswered;
  long bytesRead;
  long bytesWritten;

  // bodies mostly have one size: counted in runs, a histogram's record for each run
  private long runLength;
  private long runSize = -1;

  Tally(boolean open) {
    planned = open ? micros() : sparse();
  }

  private static Histogram micros() {
    return new Histogram(1, LONGEST_MICROS, 3);
  }

  /** Small until it is used. */
  private static Histogram sparse() {
    Histogram histogram = new Histogram(3);
    histogram.setAutoResize(true);
    return histogram;
  }

  /** Records a time in nanoseconds, rounded to microseconds. */
  static void record(Histogram histogram, long nanos) {
    long micros = (nanos + 500) / 1000;
    histogram.recordValue(micros < 0 ? 0 : Math.min(micros, LONGEST_MICROS));
  }

  void body(long bytes) {
    if (bytes == runSize) {
      runLength++;
    } else {
      endRun();
      runSize = bytes;
      runLength = 1;
    }
  }

  private void endRun() {
    if (runLength > 0) {
      bodyBytes.recordValueWithCount(runSize, runLength);
      runLength = 0;
    }
  }

  void error(ErrorKind kind, String example) {
    LoadResult.Errors before = errors.get(kind);
    errors.put(
        kind,
        before == null
            ? new LoadResult.Errors(1, example)
            : new LoadResult.Errors(before.count() + 1, before.example()));
  }

  long errorCount() {
    return errors.values().stream().mapToLong(LoadResult.Errors::count).sum();
  }

  /** Before it is handed over. */
  void close() {
    endRun();
    runSize = -1;
  }

  /** Adds all that another has; the other is to be thrown away or cleared. */
  void add(Tally other) {
    service.add(other.service);
    planned.add(other.planned);
    failed.add(other.failed);
    lateness.add(other.lateness);
    connectionWait.add(other.connectionWait);
    connectTime.add(other.connectTime);
    bodyBytes.add(other.bodyBytes);
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] += other.statuses[i];
    }
    other.errors.forEach(
        (kind, more) ->
            errors.merge(
                kind, more, (a, b) -> new LoadResult.Errors(a.count() + b.count(), a.example())));
    if (mismatchExample.isEmpty()) {
      mismatchExample = other.mismatchExample;
    }
    sent += other.sent;
    responses += other.responses;
    mismatches += other.mismatches;
    resets += other.resets;
    opened += other.opened;
    unsent += other.unsent;
    unanswered += other.unanswered;
    bytesRead += other.bytesRead;
    bytesWritten += other.bytesWritten;
  }

  /** Latency from the planned start of all that ended, answered or not. */
  Histogram latency(boolean open) {
    Histogram all = (open ? planned : service).copy();
    all.add(failed);
    return all;
  }
}
