package dev.cubit.diagnose.heap;

import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The least that was in use after a collection, in each quarter of the load. Where the heap was
 * collected as a whole near the begin or the end, that counts for the first or the last quarter.
 *
 * @param least bytes; four, or none where a quarter has no collection
 * @param exact whether both ends are of whole collections
 */
record Quarters(List<Double> least, boolean exact) {
  static final int COUNT = 4;
  private static final Quarters NONE = new Quarters(List.of(), false);

  static Quarters of(List<HeapLook> after, List<HeapLook> whole, Window window) {
    double[] least = new double[COUNT];
    Arrays.fill(least, Double.NaN);
    for (HeapLook look : after) {
      if (window.has(look.at())) {
        int i = window.part(look.at(), COUNT);
        least[i] = Double.isNaN(least[i]) ? look.usedBytes() : Math.min(least[i], look.usedBytes());
      }
    }
    Optional<HeapLook> first = first(whole, window);
    Optional<HeapLook> last = last(whole, window);
    boolean exact = first.isPresent() && last.isPresent();
    first.ifPresent(look -> least[0] = look.usedBytes());
    last.ifPresent(look -> least[COUNT - 1] = look.usedBytes());
    if (exact) {
      between(least);
    }
    return Arrays.stream(least).anyMatch(Double::isNaN)
        ? NONE
        : new Quarters(Arrays.stream(least).boxed().toList(), exact);
  }

  /** The last one before the window, or else the first in its first quarter. */
  private static Optional<HeapLook> first(List<HeapLook> whole, Window window) {
    return whole.stream()
        .filter(look -> look.at() < window.from())
        .reduce((a, b) -> b)
        .or(() -> whole.stream().filter(look -> in(look, 0, window)).findFirst());
  }

  /** The first one after the window, or else the last in its last quarter. */
  private static Optional<HeapLook> last(List<HeapLook> whole, Window window) {
    return whole.stream()
        .filter(look -> look.at() > window.to())
        .findFirst()
        .or(() -> whole.stream().filter(look -> in(look, COUNT - 1, window)).reduce((a, b) -> b));
  }

  private static boolean in(HeapLook look, int quarter, Window window) {
    return window.has(look.at()) && window.part(look.at(), COUNT) == quarter;
  }

  /** Where both ends are exact, what was between them may have had garbage in it, or no look. */
  private static void between(double[] least) {
    double begin = least[0];
    double end = least[COUNT - 1];
    for (int i = 1; i < COUNT - 1; i++) {
      least[i] =
          Double.isNaN(least[i])
              ? begin + (end - begin) * i / (COUNT - 1)
              : Math.min(least[i], Math.max(begin, end));
    }
  }

  boolean known() {
    return !least.isEmpty();
  }

  double begin() {
    return known() ? least.getFirst() : 0;
  }

  double end() {
    return known() ? least.getLast() : 0;
  }

  /** Whether each is at least the one before. */
  boolean rise() {
    for (int i = 1; i < least.size(); i++) {
      if (least.get(i) < least.get(i - 1)) {
        return false;
      }
    }
    return known();
  }
}
