package dev.cubit.qr.symbol;

/**
 * Chooses the mask with the lowest penalty (ISO/IEC 18004, 7.8.3).
 *
 * <p>The rules are shifts and ands of words that hold a line each, for all eight masks side by
 * side. What the rules ask across the lines of columns they ask along those of rows, so both are
 * scored in the same way, and no loop but one looks at another line. C2 (JDK 25) turns such loops
 * into vector instructions, eight words at a time where the CPU has AVX-512, but only while all
 * that a loop reads and writes of one type has the same index; that is why they are cut as they
 * are. Cut otherwise they take 5 to 8 times as long.
 *
 * <p>Rule 3 is ambiguous. Here an occurrence of dark-light-dark-dark-dark-light-dark counts once if
 * four light modules are on either side, and the quiet zone is light.
 *
 * <p>Owned by one thread; allocates nothing.
 */
final class MaskScore {
  private static final int ROOM = Mask.COUNT * 2 * Capacity.size(Capacity.VERSIONS);

  private final long[] modules = new long[ROOM];

  /** The columns again, each in the place of the next. */
  private final long[] previous = new long[ROOM];

  private final long[] finders = new long[ROOM];
  private final int[] penalties = new int[ROOM];
  private final int[] darks = new int[ROOM];

  private final int[] penalty = new int[Mask.COUNT];
  private final int[] dark = new int[Mask.COUNT];

  /**
   * Returns the best mask, the lowest number of equals.
   *
   * @param lines see {@link Grid#lines}: the symbol without format information, not masked
   */
  int best(Template template, long[] lines, long[] flips) {
    int size = template.strips.size();
    var scopes = template.scopes;
    for (int mask = 0; mask < Mask.COUNT; mask++) {
      penalty[mask] = 0;
      dark[mask] = 0;
    }
    for (int strip = 0; strip < scopes.length; strip++) {
      apply(lines, strip * 2 * size, flips, modules, 2 * size);
      score(scopes[strip], Mask.COUNT * size);
      sum(penalties, penalty, 2 * size);
      sum(darks, dark, size);
    }
    return lowest(size);
  }

  /** Written out for eight masks, as C2 takes this for one vector operation, and no loop. */
  private static void apply(long[] lines, int from, long[] flips, long[] to, int count) {
    for (int line = 0; line < count; line++) {
      long word = lines[from + line];
      int flip = (from + line) * Mask.COUNT;
      int at = line * Mask.COUNT;
      to[at] = word ^ flips[flip];
      to[at + 1] = word ^ flips[flip + 1];
      to[at + 2] = word ^ flips[flip + 2];
      to[at + 3] = word ^ flips[flip + 3];
      to[at + 4] = word ^ flips[flip + 4];
      to[at + 5] = word ^ flips[flip + 5];
      to[at + 6] = word ^ flips[flip + 6];
      to[at + 7] = word ^ flips[flip + 7];
    }
  }

  private void score(Scope scope, int columns) {
    countRuns(modules, scope.pairs(), scope.own(), penalties, 2 * columns);
    findFinders(modules, scope.own(), finders, 2 * columns);
    countFinders(finders, penalties, 2 * columns);
    System.arraycopy(modules, 0, previous, Mask.COUNT, columns - Mask.COUNT);
    countSquares(modules, previous, scope.ownPairs(), penalties, columns);
    countDark(modules, scope.own(), darks, columns);
  }

  /**
   * Rule 1: five or more alike are 3, and 1 for each more; that is 1 for each module that begins
   * five alike, and 2 for the first of them.
   */
  private static void countRuns(long[] m, long pairs, long own, int[] penalties, int length) {
    for (int i = 0; i < length; i++) {
      long word = m[i];
      long alike = ~(word ^ word >>> 1) & pairs;
      long three = alike & alike >>> 1;
      long five = three & three >>> 2 & own;
      penalties[i] = Long.bitCount(five) + 2 * Long.bitCount(five & ~(alike << 1));
    }
  }

  /** Rule 3: what looks like a finder. */
  private static void findFinders(long[] m, long own, long[] finders, int length) {
    for (int i = 0; i < length; i++) {
      long word = m[i];
      long dark = word & word >>> 2 & word >>> 3 & word >>> 4 & word >>> 6;
      long light = word >>> 1 | word >>> 5;
      long two = word | word << 1;
      long four = two | two << 2;
      finders[i] = dark & ~light & ~(four << 1 & four >>> 10) & own;
    }
  }

  private static void countFinders(long[] finders, int[] penalties, int length) {
    for (int i = 0; i < length; i++) {
      penalties[i] += 40 * Long.bitCount(finders[i]);
    }
  }

  /** Rule 2: 3 for each square of four alike. The first column has none before it. */
  private static void countSquares(
      long[] m, long[] previous, long own, int[] penalties, int length) {
    for (int i = Mask.COUNT; i < length; i++) {
      long word = m[i];
      long before = previous[i];
      long unlike = (word ^ word >>> 1) | (before ^ before >>> 1) | (word ^ before);
      penalties[i] += 3 * Long.bitCount(~unlike & own);
    }
  }

  private static void countDark(long[] m, long own, int[] darks, int length) {
    for (int i = 0; i < length; i++) {
      darks[i] = Long.bitCount(m[i] & own);
    }
  }

  /** Adds up by mask. */
  private static void sum(int[] values, int[] sums, int lines) {
    int a = 0;
    int b = 0;
    int c = 0;
    int d = 0;
    int e = 0;
    int f = 0;
    int g = 0;
    int h = 0;
    for (int i = 0; i < lines * Mask.COUNT; i += Mask.COUNT) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    sums[0] += a;
    sums[1] += b;
    sums[2] += c;
    sums[3] += d;
    sums[4] += e;
    sums[5] += f;
    sums[6] += g;
    sums[7] += h;
  }

  private int lowest(int size) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int mask = 0; mask < Mask.COUNT; mask++) {
      int total = penalty[mask] + balance(dark[mask], size * size);
      if (total < least) {
        least = total;
        best = mask;
      }
    }
    return best;
  }

  /** Rule 4: 10 for each 5 percent that the dark modules are away from half, the first free. */
  private static int balance(int dark, int modules) {
    int twentieths = (Math.abs(20 * dark - 10 * modules) + modules - 1) / modules;
    return 10 * Math.max(twentieths - 1, 0);
  }
}
