package dev.cubit.qr.symbol;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All that symbols of one version have in common: the patterns, and which modules are for data.
 * Immutable, made when a version is first wanted.
 */
final class Template {
  private static final AtomicReferenceArray<Template> OF_VERSION =
      new AtomicReferenceArray<>(Capacity.VERSIONS + 1);

  final int version;
  final Strips strips;

  /** The dark modules of all patterns but the format information, not widened. */
  final long[] dark;

  /** The modules for data, not widened. */
  final long[] data;

  /** What scoring counts in each strip. */
  final Scope scope;

  /**
   * The modules for data of two columns at a time in the order of their filling, a word for each
   * chunk of rows, two bits a row. Where the filling goes down, the lower bit is the right column,
   * and the left where it goes up: so the bits of the stream that come first go into the lowest
   * bits going down and into the highest going up.
   */
  final long[] slots;

  private final AtomicReferenceArray<long[]> flips =
      new AtomicReferenceArray<>(Level.values().length);

  private Template(int version) {
    this.version = version;
    strips = Strips.of(Capacity.size(version));
    dark = new long[strips.words()];
    var patterns = new Patterns(version);
    data = new long[strips.words()];
    for (int column = 0; column < strips.size(); column++) {
      for (int row = 0; row < strips.size(); row++) {
        if (patterns.isDark(column, row)) {
          strips.darken(dark, column, row);
        }
        if (patterns.isFree(column, row)) {
          strips.darken(data, column, row);
        }
      }
    }
    slots = slots(patterns);
    scope = new Scope(strips);
  }

  /** Two threads may make the same one at the same time, which does no harm. */
  static Template ofVersion(int version) {
    var known = OF_VERSION.getPlain(version);
    if (known != null) {
      return known;
    }
    var made = new Template(version);
    OF_VERSION.set(version, made);
    return made;
  }

  private long[] slots(Patterns patterns) {
    int chunks = strips.chunks();
    var words = new long[strips.size() / 2 * chunks];
    int word = 0;
    boolean up = true;
    for (int right = strips.size() - 1; right > 0; right -= right == 8 ? 3 : 2) {
      for (int i = 0; i < chunks; i++) {
        int chunk = up ? chunks - 1 - i : i;
        words[word++] = slots(patterns, up ? right : right - 1, up ? right - 1 : right, chunk);
      }
      up = !up;
    }
    return words;
  }

  private long slots(Patterns patterns, int higher, int lower, int chunk) {
    long bits = 0;
    int first = chunk * strips.chunkRows();
    for (int row = first; row < Math.min(first + strips.chunkRows(), strips.size()); row++) {
      bits |= (patterns.isFree(lower, row) ? 1L : 0) << (2 * (row - first));
      bits |= (patterns.isFree(higher, row) ? 2L : 0) << (2 * (row - first));
    }
    return bits;
  }

  /**
   * What masking inverts, and the format information that says so: for each strip and each mask the
   * strip's words, widened.
   */
  long[] flips(Level level) {
    var known = flips.getPlain(level.index);
    if (known != null) {
      return known;
    }
    var made = makeFlips(level);
    flips.set(level.index, made);
    return made;
  }

  private long[] makeFlips(Level level) {
    int width = strips.width();
    var wideData = widened(data);
    var made = new long[strips.words() * Mask.COUNT];
    for (int mask = 0; mask < Mask.COUNT; mask++) {
      var format = new long[strips.words()];
      FormatInformation.draw(level, mask, strips, format);
      var wideFormat = widened(format);
      for (int strip = 0; strip < strips.count(); strip++) {
        for (int column = 0; column < strips.size(); column++) {
          int from = strip * width + column;
          made[(strip * Mask.COUNT + mask) * width + column] =
              (inverted(mask, column, strips.firstRow(strip)) & wideData[from]) | wideFormat[from];
        }
      }
    }
    return made;
  }

  private static long inverted(int mask, int column, int firstRow) {
    // All masks repeat after 12 modules, and the first row can be above the symbol.
    int row = firstRow + 12;
    long bits = 0;
    for (int bit = 0; bit < 12; bit++) {
      bits |= (Mask.inverts(mask, column, row + bit) ? 1L : 0) << bit;
    }
    bits |= bits << 12;
    return bits | bits << 24 | bits << 48;
  }

  private long[] widened(long[] narrow) {
    if (strips.count() == 1) {
      return narrow;
    }
    var wide = new long[narrow.length];
    strips.widen(narrow, wide);
    return wide;
  }
}
