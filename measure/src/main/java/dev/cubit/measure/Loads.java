package dev.cubit.measure;

import dev.cubit.load.LoadException;
import dev.cubit.load.LoadPlan;
import dev.cubit.load.LoadResult;
import dev.cubit.load.LoadRun;
import dev.cubit.load.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Loads, one after the other, that any thread may stop: the one that goes on and all that would
 * follow.
 */
final class Loads {
  private final AtomicReference<Optional<LoadRun>> current =
      new AtomicReference<>(Optional.empty());
  private volatile boolean stopped;

  /** Runs a load to its end. Once stopped, a load ends as soon as it has begun. */
  LoadResult run(LoadPlan plan, Consumer<Progress> progress)
      throws LoadException, InterruptedException {
    LoadRun run = LoadRun.start(plan, progress);
    current.set(Optional.of(run));
    if (stopped) {
      run.stop(); // in case that stop() came before there was one to stop
    }
    try {
      return run.await();
    } catch (InterruptedException e) {
      run.stop();
      throw e;
    } finally {
      current.set(Optional.empty());
    }
  }

  /** Ends the load that goes on as if its time were up. */
  void finish() {
    current.get().ifPresent(LoadRun::finish);
  }

  void stop() {
    stopped = true;
    current.get().ifPresent(LoadRun::stop);
  }

  boolean stopped() {
    return stopped;
  }
}
