package dev.cubit.target;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Processes that an earlier Cubit has started and could not end, as it was killed. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Ends them and all below them: SIGTERM, and SIGKILL to what is left after the grace time.
   *
   * @param known those of these that still live
   * @param mark a line of the environment, {@code NAME=value}, that only they and their descendants
   *     have: finds those that were started in the last moment, or have left their parent
   * @return how many there were
   */
  public static int end(List<ProcessId> known, String mark, Duration grace) {
    return end(known, Optional.of(mark), grace);
  }

  /** Likewise, those that are known only. */
  public static int end(List<ProcessId> known, Duration grace) {
    return end(known, Optional.empty(), grace);
  }

  private static int end(List<ProcessId> known, Optional<String> mark, Duration grace) {
    List<Long> alive = known.stream().filter(ProcessId::isAlive).map(ProcessId::pid).toList();
    ProcessTree tree = new ProcessTree(alive, mark);
    int found = tree.pids().size();
    if (found > 0) {
      tree.end(grace);
    }
    return found;
  }
}
