package dev.cubit.diagnose.bubble;

import java.util.List;

/**
 * A group of work or of waits.
 *
 * @param name what is waited for, or the package that runs
 * @param seconds of thread time
 * @param count of waits or of samples
 * @param slices the seconds in each slice of the recording
 * @param operations the call sites in it, the largest first
 */
public record Bubble(
    Area area,
    String name,
    double seconds,
    long count,
    List<Double> slices,
    List<Operation> operations) {
  public Bubble {
    slices = List.copyOf(slices);
    operations = List.copyOf(operations);
  }
}
