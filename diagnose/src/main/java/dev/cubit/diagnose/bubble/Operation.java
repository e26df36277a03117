package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Trace;
import java.util.List;

/**
 * What happens at one call site.
 *
 * @param site the topmost method of the application, {@code package.Type.method}; without one, of
 *     the server or the library
 * @param line of that method, in the stack that cost most; 0 where not known
 * @param how it waits: {@code Semaphore.acquire}, {@code socket read}; or {@code on the CPU}
 * @param seconds of thread time
 * @param count of waits or of samples
 * @param meanSeconds of one wait; 0 as p99
 * @param p99Seconds of one wait; 0 where single waits are not known: of CPU time, of dumps
 * @param maxSeconds of one wait; 0 where single waits are not known: of CPU time, of dumps
 * @param eventLoop whether an event loop stood still meanwhile
 * @param slices the seconds in each slice of the recording
 * @param counts how many waits ended in each slice
 * @param details addresses, paths, classes of locks; the most costly first, not all
 * @param stacks the most costly first, not all
 */
public record Operation(
    String site,
    int line,
    String how,
    double seconds,
    long count,
    double meanSeconds,
    double p99Seconds,
    double maxSeconds,
    boolean eventLoop,
    List<Double> slices,
    List<Integer> counts,
    List<Detail> details,
    List<Stack> stacks) {
  public Operation {
    slices = List.copyOf(slices);
    counts = List.copyOf(counts);
    details = List.copyOf(details);
    stacks = List.copyOf(stacks);
  }

  /** An address, a path or a class, with the time that went to it. */
  public record Detail(String text, double seconds) {}

  /** A stack, with the time that was spent under it. */
  public record Stack(Trace trace, double seconds) {}
}
