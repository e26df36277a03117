package dev.cubit.diagnose.heap;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The heap as part of the process.
 *
 * @param resident memory of the process over time, bytes; empty where not recorded (17)
 * @param committed what the heap has taken from the system, over time
 * @param peakBytes of the resident memory; 0 where not known
 * @param outsideBytes resident at the end beyond the committed heap: threads, classes, compiled
 *     code, buffers; too little where not all of the heap was touched
 * @param parts of native memory by type, committed, most first; empty without native memory
 *     tracking
 */
public record Footprint(
    List<Moment> resident,
    List<Moment> committed,
    double peakBytes,
    OptionalDouble outsideBytes,
    List<ByType> parts) {
  public Footprint {
    resident = List.copyOf(resident);
    committed = List.copyOf(committed);
    parts = List.copyOf(parts);
  }
}
