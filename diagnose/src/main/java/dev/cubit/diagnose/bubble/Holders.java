package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.bubble.Edge.Kind;
import dev.cubit.diagnose.bubble.Place.Group;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the holders of locks and permits do while others wait for them.
 *
 * <p>Of a monitor the JVM tells who had it last: what that thread did while the other waited is
 * what the wait was for. Of other locks and of permits nobody tells; there the holders are likely
 * those who are further down in the method in which others ask for it: {@code handle} line 10
 * acquires, {@code handle} line 11 calls the backend.
 */
final class Holders {
  private final Places places;
  private final Crowds crowds;
  private final Map<Long, List<Wait>> waits = new HashMap<>();
  private final Map<Long, List<CpuSample>> samples = new HashMap<>();

  Holders(List<Wait> waits, List<CpuSample> samples, Places places, Crowds crowds) {
    this.places = places;
    this.crowds = crowds;
    for (Wait wait : waits) {
      this.waits.computeIfAbsent(wait.threadId(), t -> new ArrayList<>()).add(wait);
    }
    for (CpuSample sample : samples) {
      this.samples.computeIfAbsent(sample.threadId(), t -> new ArrayList<>()).add(sample);
    }
  }

  /** Draws the line from a monitor to what its last owner did. */
  void known(Wait wait, Group lock, Collected into) {
    if (wait.ownerId() == 0 || wait.ownerId() == wait.threadId()) {
      return;
    }
    long from = wait.at();
    long end = wait.at() + wait.nanos();
    Map<Group, Double> did = new LinkedHashMap<>();
    List<Wait> others = waits.getOrDefault(wait.ownerId(), List.of());
    for (int i = first(others, wait.at()); i < others.size() && others.get(i).at() < end; i++) {
      Wait other = others.get(i);
      Group group = crowds.of(places.of(other).group());
      long shared = Math.min(end, other.at() + other.nanos()) - Math.max(wait.at(), other.at());
      if (group.equals(lock)) {
        did.clear(); // what it did before it had the lock itself is no reason
        from = other.at() + other.nanos();
      } else if (shared > 0 && group.area() != Area.IDLE) {
        did.merge(group, (double) shared, Double::sum);
      }
    }
    for (CpuSample sample : samples.getOrDefault(wait.ownerId(), List.of())) {
      if (sample.at() >= from && sample.at() < end) {
        did.merge(crowds.of(places.of(sample).group()), (double) sample.weightNanos(), Double::sum);
      }
    }
    double all = did.values().stream().mapToDouble(Double::doubleValue).sum();
    did.forEach(
        (group, nanos) ->
            into.line(lock, group, Kind.HELD_BY, wait.at(), wait.nanos(), nanos / all));
  }

  /** The first of a thread's waits, which are in order, that may reach into the time from here. */
  private static int first(List<Wait> waits, long at) {
    int low = 0;
    int high = waits.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (waits.get(middle).at() + waits.get(middle).nanos() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Draws likely lines from every lock and pool that has no known ones. */
  void likely(Collected collected) {
    List<Group> asked =
        collected.groups().keySet().stream()
            .filter(g -> g.area() == Area.LOCK || g.area() == Area.POOL)
            .filter(g -> !collected.hasLine(g, Kind.HELD_BY))
            .toList();
    for (Group group : asked) {
      for (Site site : List.copyOf(collected.groups().getOrDefault(group, Map.of()).values())) {
        likely(group, site, collected);
      }
    }
  }

  private void likely(Group group, Site site, Collected collected) {
    // a lock is given back where it was taken; a pool has a method to borrow from it
    int levels = group.area() == Area.LOCK ? 1 : 2;
    for (Trace trace : site.traces()) {
      List<Frame> asks =
          trace.frames().stream().filter(places::isApplication).limit(levels).toList();
      for (Frame frame : asks) {
        Map<Group, Double> below = below(frame, group, collected);
        double all = below.values().stream().mapToDouble(Double::doubleValue).sum();
        if (all > 0) {
          below.forEach(
              (to, s) -> collected.line(group, to, Kind.LIKELY_HELD_BY, site.slices(), s / all));
          return;
        }
      }
    }
  }

  /** What is done in the same method, on that line or later. */
  private static Map<Group, Double> below(Frame asks, Group asking, Collected collected) {
    Map<Group, Double> found = new HashMap<>();
    collected
        .groups()
        .forEach(
            (group, sites) -> {
              if (!group.equals(asking) && group.area() != Area.IDLE) {
                for (Site site : sites.values()) {
                  if (isBelow(asks, site)) {
                    found.merge(group, site.seconds(), Double::sum);
                  }
                }
              }
            });
    return found;
  }

  private static boolean isBelow(Frame asks, Site site) {
    Set<Integer> lines = new HashSet<>();
    for (Trace trace : site.traces()) {
      for (Frame frame : trace.frames()) {
        if (frame.method().equals(asks.method()) && frame.type().equals(asks.type())) {
          lines.add(frame.line());
        }
      }
    }
    return lines.stream().anyMatch(line -> line >= asks.line());
  }
}
