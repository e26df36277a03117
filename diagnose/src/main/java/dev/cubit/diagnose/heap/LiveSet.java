package dev.cubit.diagnose.heap;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is left in the heap when it has been collected. A whole collection leaves what really lives;
 * one of the young part leaves garbage in the old one, so of those only the least in a while tells.
 *
 * @param before in use before each collection, bytes
 * @param after in use after each
 * @param whole of {@code after}, those of whole collections
 * @param quarters least in use in each quarter of the window; empty where one has no collection
 * @param begin bytes that lived at the window's begin; 0 where not known
 * @param end at its end
 * @param bytesPerSecond growth: the median of all slopes (Theil 1950, Sen 1968)
 * @param maxBytes the most that the heap may be; 0 where not told
 * @param secondsToMax at this growth, from the window's end on
 */
public record LiveSet(
    Trend trend,
    List<Moment> before,
    List<Moment> after,
    List<Moment> whole,
    List<Double> quarters,
    double begin,
    double end,
    double bytesPerSecond,
    double maxBytes,
    OptionalDouble secondsToMax) {
  public LiveSet {
    before = List.copyOf(before);
    after = List.copyOf(after);
    whole = List.copyOf(whole);
    quarters = List.copyOf(quarters);
  }

  /** Where it goes. */
  public enum Trend {
    /** From quarter to quarter, by much: a leak, or a cache without a bound. */
    GROWS,
    /** From quarter to quarter, but by so little that warm-up could be it. */
    MAY_GROW,
    /** It has grown, and then stayed: something was filled. */
    LEVELLED,
    STEADY,
    /** Live objects fill the heap, and whole collections free next to nothing. */
    FULL,
    /** Too few collections. */
    UNKNOWN
  }
}
