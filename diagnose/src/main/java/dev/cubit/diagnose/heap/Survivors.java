package dev.cubit.diagnose.heap;

import java.util.List;

/**
 * What was allocated and stayed, from the JVM's sample of old objects (at most 256).
 *
 * @param sampled how many the JVM has told of
 * @param beforeLoad of these, allocated before the load: not suspected
 * @param pathsFound for how many it has told who holds them
 * @param suspects the likeliest leak first
 */
public record Survivors(int sampled, int beforeLoad, int pathsFound, List<Suspect> suspects) {
  public Survivors {
    suspects = List.copyOf(suspects);
  }
}
