package dev.cubit.cli;

import dev.cubit.diagnose.ledger.Traffic;
import dev.cubit.diagnose.ledger.Traffic.Second;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.Pace;
import java.util.List;

/** What the diagnosis wants to know of a load. */
final class TrafficOf {
  private TrafficOf() {}

  /**
   * Of a load.
   *
   * @param generatorReady threads of this process that waited for a core, in the mean
   */
  static Traffic load(LoadResult load, LoadPlan plan, double generatorReady) {
    double elapsed = Math.max(1e-9, load.elapsed().toNanos() / 1e9);
    List<Second> seconds =
        load.samples().stream()
            .map(
                s ->
                    new Second(
                        s.at().toNanos() / 1e9,
                        s.responses() / Math.max(1e-9, s.length().toNanos() / 1e9),
                        s.p50Micros(),
                        s.p99Micros()))
            .toList();
    return new Traffic(
        load.start(),
        load.elapsed(),
        load.responsesInTime(),
        plan.connections().count() * plan.connections().pipelining(),
        plan.pace() instanceof Pace.AsAnswered,
        load.serviceTime().getTotalCount() == 0 ? 0 : load.serviceTime().getMean(),
        load.latency().getValueAtPercentile(50),
        load.latency().getValueAtPercentile(99),
        load.errorCount() + load.responsesOfClass(5),
        load.unanswered(),
        load.generator().busiestLoop(),
        plan.threads(),
        load.generator().cpu().toNanos() / 1e9 / elapsed,
        generatorReady,
        seconds);
  }
}
