package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.recording.Frame;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Threads that wait for the same at the same place.
 *
 * @param how the JDK's method that waits
 * @param threads how many of them there were, in the mean
 * @param blockers how many threads waited for which object, in the mean: {@code class@hash}
 * @param holders what the owner of a monitor did, as {@code method (activity)}, and how often that
 *     was seen
 * @param pinned how many of them are virtual and kept their carriers
 * @param example one of the stacks, the top first
 * @param serverInternal true for the server's own locks, below its handling of sockets
 */
public record Waiters(
    Activity activity,
    String how,
    Optional<Frame> site,
    double threads,
    double pinned,
    Map<String, Double> blockers,
    Map<String, Integer> holders,
    List<Frame> example,
    boolean serverInternal) {
  public Waiters {
    blockers = Map.copyOf(blockers);
    holders = Map.copyOf(holders);
    example = List.copyOf(example);
  }

  /** Where, for people: the application's method, or what is nearest to it. */
  public String where() {
    return site.map(Frame::name).orElse(example.isEmpty() ? "unknown" : example.getFirst().name());
  }

  /** True for a thread that is a virtual one, waits, and has a carrier all the same. */
  static boolean isPinned(Doing doing) {
    DumpedThread thread = doing.thread();
    return thread.virtual()
        && thread.mounted()
        && thread.state() != DumpedThread.State.UNKNOWN
        && doing.activity().isWait();
  }
}
