package dev.cubit.diagnose.bubble;

import java.util.List;

/**
 * A group of work or of waits.
 *
 * @param name what is waited for, or the package that runs
 * @param seconds of thread time
 * @param count of waits or of samples
 * @param addresses whom its code talks to, from any of its threads; not all
 * @param slices the seconds in each slice of the recording
 * @param operations the call sites in it, the largest first
 */
public record Bubble(
    Area area,
    String name,
    double seconds,
    long count,
    List<String> addresses,
    List<Double> slices,
    List<Operation> operations) {
  public Bubble {
    addresses = List.copyOf(addresses);
    slices = List.copyOf(slices);
    operations = List.copyOf(operations);
  }
}
