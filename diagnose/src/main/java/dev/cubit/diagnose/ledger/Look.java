package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.jvm.ThreadDump;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One look at what all threads do.
 *
 * @param from when it began
 * @param to when it was there
 * @param connections that the process has opened to others, by address
 */
public record Look(Instant from, Instant to, ThreadDump dump, Map<String, Integer> connections) {
  public Look {
    connections = Map.copyOf(connections);
  }

  /** True where it was begun and ended between two moments. */
  boolean isWithin(Instant begin, Instant end) {
    return !from.isBefore(begin) && !to.isAfter(end);
  }

  /** Those taken between two moments. */
  public static List<Look> within(List<Look> looks, Instant begin, Instant end) {
    return looks.stream().filter(look -> look.isWithin(begin, end)).toList();
  }
}
