package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.ThreadDump;
import java.util.Map;

/**
 * One look at what all threads do.
 *
 * @param at {@link System#nanoTime} when it was taken
 * @param connections that the process has opened to others, by address
 */
public record Look(long at, ThreadDump dump, Map<String, Integer> connections) {
  public Look {
    connections = Map.copyOf(connections);
  }
}
