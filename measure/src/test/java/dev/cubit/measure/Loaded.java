package dev.cubit.measure;

import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadResult.Sample;
import java.util.List;

/** A result with something changed in it. */
final class Loaded {
  private Loaded() {}

  static LoadResult with(LoadResult r, List<Sample> samples) {
    return new LoadResult(
        r.start(),
        r.finish(),
        r.elapsed(),
        r.ending(),
        r.requestsSent(),
        r.responses(),
        r.responsesInTime(),
        r.statuses(),
        r.mismatches(),
        r.mismatchExample(),
        r.errors(),
        r.resets(),
        r.connectionsOpened(),
        r.unsent(),
        r.unanswered(),
        r.bytesRead(),
        r.bytesWritten(),
        r.latency(),
        r.serviceTime(),
        r.lateness(),
        r.connectionWait(),
        r.connectTime(),
        r.bodyBytes(),
        samples,
        r.generator());
  }
}
