package dev.cubit.qr.symbol;

import java.util.Arrays;

/**
 * Which bits of the words count in scoring, so that each thing is counted in one strip only and
 * nothing beside the symbol is: for each strip, as often as masks are scored at a time. Immutable.
 */
final class Scope {
  /**
   * Masks that are scored together: enough for long loops, few enough for the first-level cache.
   */
  final int masks;

  /** The modules. */
  final long[][] modules;

  /** The modules that have one below. */
  final long[][] vertical;

  /** The modules that have one to the left. */
  final long[][] horizontal;

  Scope(Strips strips) {
    masks = strips.count() == 1 ? Mask.COUNT : 2;
    modules = new long[strips.count()][];
    vertical = new long[strips.count()][];
    horizontal = new long[strips.count()][];
    int size = strips.size();
    for (int strip = 0; strip < strips.count(); strip++) {
      long own = strips.ownRows(strip, 0, size);
      modules[strip] = repeated(strips, 0, own);
      vertical[strip] = repeated(strips, 0, strips.rows(strip, 0, size - 1));
      horizontal[strip] = repeated(strips, 1, own);
    }
  }

  private long[] repeated(Strips strips, int firstColumn, long rows) {
    int width = strips.width();
    var words = new long[masks * width];
    for (int mask = 0; mask < masks; mask++) {
      Arrays.fill(words, mask * width + firstColumn, mask * width + strips.size(), rows);
    }
    return words;
  }
}
