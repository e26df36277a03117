package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Party;
import java.util.List;

/**
 * A method in which memory was allocated: the topmost of the application's in the stack, so what
 * libraries allocate counts for the line that called them. Where there is none, the topmost method
 * outside of the JDK, or the topmost.
 *
 * @param place the method, with the line that most of it came through
 * @param bytes estimated from samples
 * @param share of all that was allocated, 0 to 1
 * @param types what was allocated there, most first
 * @param stack that most of it came through, topmost first
 */
public record AllocationSite(
    Frame place, Party party, double bytes, double share, List<ByType> types, List<Frame> stack) {
  public AllocationSite {
    types = List.copyOf(types);
    stack = List.copyOf(stack);
  }
}
