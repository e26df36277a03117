package dev.cubit.scale.partition;

import java.util.Optional;

/** Keys that get another owner. */
public sealed interface Move {

  /**
   * All keys of a range.
   *
   * @param first of them; empty: from the very first
   * @param end the first key behind them; empty: to the very last
   * @param from name of the partition that had them; empty: nobody
   * @param to name of the partition that gets them; empty: nobody
   */
  record Keys(String first, Optional<String> end, String from, String to) implements Move {}

  /**
   * All keys whose hash is in a range.
   *
   * @param first hash, 0 to 2^32 - 1
   * @param end the first hash behind them, up to 2^32
   * @param from name of the partition that had them
   * @param to name of the partition that gets them
   */
  record Hashes(long first, long end, String from, String to) implements Move {
    /** Of all keys, 0 to 1. */
    public double share() {
      return (end - first) / (double) (1L << 32);
    }
  }

  /** From ranges to slots or back: each key may move. */
  record Everything() implements Move {}
}
