package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Objects that were allocated under the load, at one place, and were still alive at the end, held
 * by the same.
 *
 * @param types of them, most first, as in source code
 * @param place where they were allocated, as {@link AllocationSite#place}
 * @param holder the field that keeps them, {@code Type.field}; empty where the JVM has not found it
 * @param samples how many of them there are among the sampled survivors
 * @param share of the survivors that were allocated under the load, 0 to 1
 * @param medianAgeSeconds of them, at the end
 * @param births how many were allocated in each twentieth of the window
 * @param bytesPerSecond their part of what the live set grows by, where it grows; a rough estimate
 * @param stack in which one was allocated, topmost first
 * @param path from that one to what holds it, nearest first; empty where not found
 * @param root what the path ends at, for people; empty where not found
 */
public record Suspect(
    List<String> types,
    Frame place,
    Party party,
    String holder,
    int samples,
    double share,
    double medianAgeSeconds,
    Pattern pattern,
    List<Integer> births,
    OptionalDouble bytesPerSecond,
    List<Frame> stack,
    List<Link> path,
    String root) {
  public Suspect {
    types = List.copyOf(types);
    births = List.copyOf(births);
    stack = List.copyOf(stack);
    path = List.copyOf(path);
  }

  /** When those that survive were allocated. */
  public enum Pattern {
    /** All the time: they add up as long as the load goes on. */
    THROUGHOUT,
    /** In the first half only: something was filled, as a cache or a pool is. */
    EARLY,
    /** In the second half only: they are young, and may go yet. */
    LATE
  }
}
