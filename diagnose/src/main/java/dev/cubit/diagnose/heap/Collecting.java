package dev.cubit.diagnose.heap;

import java.util.List;

/**
 * What collecting cost the threads, in the window.
 *
 * @param collector for people; empty where not told
 * @param count of collections; where the recording only has pauses, of those
 * @param pauses of all threads, each in seconds
 * @param pausedShare of the window's time, 0 to 1
 * @param stalledSeconds that threads waited for memory, in all (concurrent collectors)
 * @param causes most paused first
 */
public record Collecting(
    String collector,
    long count,
    List<Moment> pauses,
    double pausedSeconds,
    double longestSeconds,
    double pausedShare,
    double stalledSeconds,
    List<ByCause> causes) {
  public Collecting {
    pauses = List.copyOf(pauses);
    causes = List.copyOf(causes);
  }
}
