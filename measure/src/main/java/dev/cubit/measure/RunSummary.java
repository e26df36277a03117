package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import java.time.Instant;
import java.util.List;

/**
 * A kept run in one line.
 *
 * @param errors failed requests and mismatches
 * @param floor true where the load generator was saturated
 */
public record RunSummary(
    String name,
    Instant start,
    List<String> command,
    List<String> urls,
    int connections,
    double requestsPerSecond,
    long p50Micros,
    long p99Micros,
    long errors,
    LoadResult.Ending ending,
    boolean floor) {
  static RunSummary of(Run run) {
    LoadResult load = run.load();
    return new RunSummary(
        run.name(),
        load.start(),
        run.command(),
        run.question().urls(),
        run.question().connections(),
        load.requestsPerSecond(),
        load.latency().getValueAtPercentile(50),
        load.latency().getValueAtPercentile(99),
        load.errorCount() + load.mismatches(),
        load.ending(),
        run.saturation().isPresent());
  }
}
