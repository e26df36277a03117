package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.heap.LiveSet.Trend;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Collection;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether what lives in the heap grows. A young collection leaves garbage in the old part of the
 * heap, which makes what is in use after collections climb and fall like a saw; its lowest points
 * do not climb. So a leak is a rise of {@link Quarters} from one to the next.
 */
final class LiveSets {
  /**
   * Tried on known servers: below, warm-up of pools, caches and code cannot be told from a leak.
   */
  private static final double LEAK_BYTES = 64e6;

  /** What lives is known to the byte, before and after; so less is enough. */
  private static final double EXACT_LEAK_BYTES = 16e6;

  private static final double LEAK_FACTOR = 1.2;
  private static final double HINT_BYTES = 8e6;
  private static final double HINT_FACTOR = 1.05;

  /** Of all growth, after the first half: less, and it has levelled off. */
  private static final double STILL = 0.1;

  private static final double FULL = 0.9;
  private static final int FULL_COLLECTIONS = 10;

  /** Lowest points that the slope is taken from. */
  private static final int POINTS = 24;

  private final Recording recording;
  private final Window window;

  LiveSets(Recording recording, Window window) {
    this.recording = recording;
    this.window = window;
  }

  LiveSet find() {
    List<HeapLook> after = recording.heap().stream().filter(HeapLook::afterCollection).toList();
    List<HeapLook> whole = after.stream().filter(this::isWhole).toList();
    Quarters quarters = Quarters.of(after, whole, window);
    double max = recording.collector().maxHeapBytes();
    Trend trend = trend(quarters, whole, max);
    double slope =
        quarters.exact() ? (quarters.end() - quarters.begin()) / window.seconds() : slope(after);
    boolean rises = trend == Trend.GROWS || trend == Trend.MAY_GROW;
    return new LiveSet(
        trend,
        moments(recording.heap().stream().filter(look -> !look.afterCollection()).toList()),
        moments(after),
        moments(whole),
        quarters.least(),
        quarters.begin(),
        quarters.end(),
        slope,
        max,
        rises && slope > 0 && max > quarters.end()
            ? OptionalDouble.of((max - quarters.end()) / slope)
            : OptionalDouble.empty());
  }

  private static List<Moment> moments(List<HeapLook> looks) {
    return looks.stream().map(look -> Moment.at(look.at(), look.usedBytes())).toList();
  }

  /** Whether the look ends a collection of the whole heap. */
  private boolean isWhole(HeapLook look) {
    Collection latest = null;
    for (Collection collection : recording.collections()) {
      if (collection.at() > look.at()) {
        break;
      }
      // a look and the end of its collection are some microseconds apart
      if (look.at() <= collection.at() + collection.nanos() + 1_000_000) {
        latest = collection;
      }
    }
    return latest != null && isWhole(latest.name());
  }

  private static boolean isWhole(String collector) {
    return switch (collector) {
      case "G1Full", "SerialOld", "ParallelOld", "PSMarkSweep", "Z", "ZGC Major", "Shenandoah" ->
          true;
      default -> false;
    };
  }

  private Trend trend(Quarters quarters, List<HeapLook> whole, double max) {
    double growth = quarters.end() - quarters.begin();
    double least = quarters.exact() ? EXACT_LEAK_BYTES : LEAK_BYTES;
    boolean much = growth >= least && quarters.end() >= LEAK_FACTOR * quarters.begin();
    if (isFull(whole, max)) {
      return much ? Trend.GROWS : Trend.FULL;
    }
    if (!quarters.known()) {
      return Trend.UNKNOWN;
    }
    if (growth < HINT_BYTES || quarters.end() < HINT_FACTOR * quarters.begin()) {
      return Trend.STEADY;
    }
    if (quarters.end() - quarters.least().get(1) < STILL * growth) {
      return Trend.LEVELLED;
    }
    if (!quarters.rise()) {
      return Trend.STEADY;
    }
    return much ? Trend.GROWS : Trend.MAY_GROW;
  }

  private boolean isFull(List<HeapLook> whole, double max) {
    return max > 0
        && whole.stream()
                .filter(look -> window.has(look.at()) && look.usedBytes() >= FULL * max)
                .count()
            > FULL_COLLECTIONS;
  }

  /** The median of the slopes between all pairs of lowest points. */
  private double slope(List<HeapLook> after) {
    HeapLook[] lowest = new HeapLook[POINTS];
    for (HeapLook look : after) {
      int i = window.part(look.at(), POINTS);
      if (window.has(look.at())
          && (lowest[i] == null || look.usedBytes() < lowest[i].usedBytes())) {
        lowest[i] = look;
      }
    }
    List<HeapLook> points = Arrays.stream(lowest).filter(look -> look != null).toList();
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        double seconds = (points.get(j).at() - points.get(i).at()) / 1e9;
        double bytes = points.get(j).usedBytes() - points.get(i).usedBytes();
        slopes.add(bytes / seconds);
      }
    }
    slopes.sort(Double::compare);
    return slopes.isEmpty() ? 0 : slopes.get(slopes.size() / 2);
  }
}
