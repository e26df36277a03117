package dev.cubit.measure;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.Progress;
import dev.cubit.target.MachineCpu;
import dev.cubit.target.TargetUse;
import dev.cubit.target.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One load, and what it took from the target and the machine.
 *
 * @param machineBusy share of the machine's CPU that was in use, 0 to 1
 */
record Measured(
    LoadResult load,
    Optional<TargetUse> use,
    double machineBusy,
    Optional<Run.Saturation> saturation) {
  private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  static Measured run(
      Loads loads, LoadPlan plan, Optional<Watched> target, Consumer<Progress> progress)
      throws LoadException, InterruptedException {
    Optional<Watch> watch = target.map(t -> t.watch().apply(look(plan.sampleInterval())));
    try {
      MachineCpu before = MachineCpu.now();
      LoadResult result = loads.run(plan, progress);
      double busy = MachineCpu.now().busyShareSince(before);
      return new Measured(result, watch.map(Watch::stop), busy, SaturationCheck.of(result, plan));
    } finally {
      watch.ifPresent(Watch::close);
    }
  }

  private static Duration look(Duration interval) {
    if (interval.compareTo(SHORTEST_LOOK) < 0) {
      return SHORTEST_LOOK;
    }
    return interval.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : interval;
  }
}
