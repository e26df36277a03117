package dev.cubit.diagnose.jvm;

import dev.cubit.diagnose.recording.Frame;
import java.util.List;

/**
 * One thread in a dump.
 *
 * @param id of the JVM's own count; stays with the thread
 * @param container the executor that made it, or empty
 * @param mounted false for a virtual thread that has no carrier now
 * @param blocker the object it waits for, {@code class@hash}; empty where it waits for none or that
 *     is not known
 * @param owned the objects whose monitors it holds
 * @param stack the top first
 */
public record DumpedThread(
    long id,
    String name,
    String container,
    boolean virtual,
    boolean mounted,
    State state,
    String blocker,
    List<String> owned,
    List<Frame> stack) {
  public DumpedThread {
    owned = List.copyOf(owned);
    stack = List.copyOf(stack);
  }

  /** As {@link Thread.State}; UNKNOWN where a virtual thread of Java 21 does not tell. */
  public enum State {
    RUNNABLE,
    BLOCKED,
    WAITING,
    TIMED_WAITING,
    UNKNOWN
  }
}
