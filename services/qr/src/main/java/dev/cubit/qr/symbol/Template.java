package dev.cubit.qr.symbol;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All that symbols of one version have in common: the patterns, and which modules are for data.
 * Immutable, made when a version is first wanted.
 */
final class Template {
  private static final AtomicReferenceArray<Template> OF_VERSION =
      new AtomicReferenceArray<>(Capacity.VERSIONS + 1);

  final Strips strips;

  /** What counts in scoring, for each strip. */
  final Scope[] scopes;

  /** The columns of all patterns, without the format information. */
  final long[] dark;

  /**
   * The modules for data of two columns at a time in the order of their filling, a word for each
   * chunk of rows, two bits a row. Where the filling goes down, the lower bit is the right column,
   * and the left where it goes up: so the bits of the stream that come first go into the lowest
   * bits going down and into the highest going up.
   */
  final long[] slots;

  /** The lines of the modules for data. */
  private final long[] data;

  private final AtomicReferenceArray<long[]> flips =
      new AtomicReferenceArray<>(Level.values().length);

  private Template(int version) {
    strips = Strips.of(Capacity.size(version));
    scopes = Scope.of(strips);
    var patterns = new Patterns(version);
    var darkGrid = new Grid(strips);
    var dataGrid = new Grid(strips);
    for (int column = 0; column < strips.size(); column++) {
      for (int row = 0; row < strips.size(); row++) {
        if (patterns.isDark(column, row)) {
          darkGrid.darken(column, row);
        }
        if (patterns.isFree(column, row)) {
          dataGrid.darken(column, row);
        }
      }
    }
    dark = darkGrid.columns;
    data = dataGrid.lines();
    slots = slots(patterns);
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
    int first = chunk * strips.chunk();
    for (int row = first; row < Math.min(first + strips.chunk(), strips.size()); row++) {
      bits |= (patterns.isFree(lower, row) ? 1L : 0) << (2 * (row - first));
      bits |= (patterns.isFree(higher, row) ? 2L : 0) << (2 * (row - first));
    }
    return bits;
  }

  /**
   * What masking inverts, and the format information that says so: for each of the {@link
   * Grid#lines} a word for each mask, side by side.
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
    int size = strips.size();
    var made = new long[data.length * Mask.COUNT];
    for (int mask = 0; mask < Mask.COUNT; mask++) {
      var format = new Grid(strips);
      FormatInformation.draw(level, mask, format);
      var formatLines = format.lines();
      for (int i = 0; i < data.length; i++) {
        int origin = strips.origin(i / (2 * size));
        int line = i % (2 * size);
        long inverted =
            line < size ? Mask.ofColumn(mask, line, origin) : Mask.ofRow(mask, line - size, origin);
        made[i * Mask.COUNT + mask] = (inverted & data[i]) | formatLines[i];
      }
    }
    return made;
  }
}
