package dev.cubit.qr.symbol;

/**
 * Chooses the mask with the lowest penalty (ISO/IEC 18004, 7.8.3).
 *
 * <p>The rules are written as shifts and ands of words that hold a column each, over flat arrays in
 * which the symbols of several masks stand side by side with {@link Strips#GAP} light columns
 * between them. Nothing branches, so C2 turns the loops into vector instructions, eight words at a
 * time where the CPU has AVX-512. The loops are small methods of their own, because C2 gives up on
 * large ones.
 *
 * <p>Rule 3 is ambiguous. Here an occurrence of dark-light-dark-dark-dark-light-dark counts once if
 * four light modules are on either side, and the quiet zone is light.
 *
 * <p>Owned by one thread; allocates nothing.
 */
final class MaskScore {
  /** Before and behind the words, as far as any loop looks. */
  private static final int EDGE = 16;

  private static final int ROOM = EDGE + Mask.COUNT * (64 + Strips.GAP) + EDGE;

  private final long[] modules = new long[ROOM];
  private final long[] vertical = new long[ROOM];
  private final long[] horizontal = new long[ROOM];
  private final long[] fourDark = new long[ROOM];
  private final int[] penalties = new int[ROOM];
  private final int[] darks = new int[ROOM];

  private final int[] penalty = new int[Mask.COUNT];
  private final int[] dark = new int[Mask.COUNT];

  /**
   * Returns the best mask, the lowest number of equals.
   *
   * @param wide the symbol with light format information, not masked
   */
  int best(Template template, long[] wide, long[] flips) {
    var strips = template.strips;
    var scope = template.scope;
    for (int mask = 0; mask < Mask.COUNT; mask++) {
      penalty[mask] = 0;
      dark[mask] = 0;
    }
    int width = strips.width();
    for (int strip = 0; strip < strips.count(); strip++) {
      for (int mask = 0; mask < Mask.COUNT; mask += scope.masks) {
        int flip = (strip * Mask.COUNT + mask) * width;
        for (int i = 0; i < scope.masks; i++) {
          apply(wide, strip * width, flips, flip + i * width, EDGE + i * width, width);
        }
        int length = scope.masks * width;
        score(scope, strip, length);
        for (int i = 0; i < scope.masks; i++) {
          penalty[mask + i] += sum(penalties, EDGE + i * width, width);
          dark[mask + i] += sum(darks, EDGE + i * width, width);
        }
      }
    }
    return lowest(strips.size());
  }

  private void apply(long[] wide, int from, long[] flips, int flip, int to, int width) {
    var m = modules;
    for (int i = 0; i < width; i++) {
      m[to + i] = wide[from + i] ^ flips[flip + i];
    }
  }

  private void score(Scope scope, int strip, int length) {
    // Beyond the last word is what a larger symbol left.
    for (int i = 0; i < EDGE; i++) {
      modules[EDGE + length + i] = 0;
    }
    neighbours(modules, scope.vertical[strip], vertical, length);
    neighboursAcross(modules, scope.horizontal[strip], horizontal, length);
    fourDark(modules, fourDark, length + EDGE);
    countRuns(vertical, horizontal, scope.modules[strip], penalties, length);
    countRunsAcross(horizontal, penalties, length);
    countFinders(modules, scope.modules[strip], fourDark, penalties, length);
    countDark(modules, scope.modules[strip], darks, length);
  }

  /** Which modules are like the one below them. */
  private static void neighbours(long[] m, long[] scope, long[] to, int length) {
    for (int i = 0; i < length; i++) {
      long word = m[EDGE + i];
      to[EDGE + i] = ~(word ^ word >>> 1) & scope[i];
    }
  }

  /** Which modules are like the one to their left. */
  private static void neighboursAcross(long[] m, long[] scope, long[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[EDGE + i] = ~(m[EDGE + i] ^ m[EDGE + i - 1]) & scope[i];
    }
  }

  /** Whether there is a dark one among a module and the three to its right. */
  private static void fourDark(long[] m, long[] to, int length) {
    for (int i = 0; i < length; i++) {
      int at = EDGE - 4 + i;
      to[at] = m[at] | m[at + 1] | m[at + 2] | m[at + 3];
    }
  }

  /**
   * Rule 1 down the columns: five or more alike are 3, and 1 for each more; that is 1 for each
   * module that begins five alike, and 2 for the first of them. And rule 2: 3 for each square of
   * four alike.
   */
  private static void countRuns(
      long[] alike, long[] across, long[] scope, int[] penalties, int length) {
    for (int i = 0; i < length; i++) {
      long word = alike[EDGE + i];
      long three = word & word >>> 1;
      long five = three & three >>> 2 & scope[i];
      long first = five & ~(word << 1);
      long square = word & alike[EDGE + i - 1] & across[EDGE + i];
      penalties[EDGE + i] =
          Long.bitCount(five) + 2 * Long.bitCount(first) + 3 * Long.bitCount(square);
    }
  }

  /** Rule 1 along the rows. */
  private static void countRunsAcross(long[] alike, int[] penalties, int length) {
    for (int i = 0; i < length; i++) {
      int at = EDGE + i;
      long five = alike[at] & alike[at - 1] & alike[at - 2] & alike[at - 3];
      long first = five & ~alike[at - 4];
      penalties[at] += Long.bitCount(five) + 2 * Long.bitCount(first);
    }
  }

  /** Rule 3: what looks like a finder, 40 each. */
  private static void countFinders(
      long[] m, long[] scope, long[] fourDark, int[] penalties, int length) {
    for (int i = 0; i < length; i++) {
      int at = EDGE + i;
      long w = m[at];
      long down = w & w >>> 2 & w >>> 3 & w >>> 4 & w >>> 6 & ~(w >>> 1 | w >>> 5) & scope[i];
      long two = w | w << 1;
      long four = two | two << 2;
      down &= ~(four << 1 & four >>> 10);
      long right = w & m[at + 2] & m[at + 3] & m[at + 4] & m[at + 6] & ~(m[at + 1] | m[at + 5]);
      right &= scope[i] & ~(fourDark[at - 4] & fourDark[at + 7]);
      penalties[at] += 40 * (Long.bitCount(down) + Long.bitCount(right));
    }
  }

  private static void countDark(long[] m, long[] scope, int[] to, int length) {
    for (int i = 0; i < length; i++) {
      to[EDGE + i] = Long.bitCount(m[EDGE + i] & scope[i]);
    }
  }

  private static int sum(int[] values, int from, int count) {
    int sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum;
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
