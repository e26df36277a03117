package dev.cubit.load;

import java.util.function.Consumer;

/**
 * A load that goes on. {@link #stop} may be called by any thread, and ends it early.
 *
 * <p>Nothing is shared by the event loops while it runs: each has its own connections and its own
 * histogram, and hands over a snapshot once a sample interval.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class LoadRun {
  /**
   * Begins a load.
   *
   * @param progress called on one thread of the run's own, never after {@link #await} has returned
   * @throws LoadException where it cannot begin: a transport that is not there, certificates that
   *     cannot be read, a placeholder that does not exist
   */
  public static LoadRun start(LoadPlan plan, Consumer<Progress> progress) throws LoadException {
    throw new LoadException("not there yet");
  }

  /** Ends it now; what was measured until now is the result, with the ending INTERRUPTED. */
  public void stop() {}

  /** Ends it as if its time were up: the ending is COMPLETED. For a warm-up that has settled. */
  public void finish() {}

  /** Waits until it is over. */
  public LoadResult await() throws InterruptedException {
    throw new InterruptedException();
  }
}
