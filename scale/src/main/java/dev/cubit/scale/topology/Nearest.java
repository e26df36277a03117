package dev.cubit.scale.topology;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What was perhaps meant by a word that is not known. */
final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** As {@code : did you mean 'clones'?}; without a near one, all that there are. */
  static String to(String word, Collection<String> known) {
    return of(word, known)
        .map(name -> ": did you mean '" + name + "'?")
        .orElse(": there " + (known.size() == 1 ? "is " : "are ") + String.join(", ", known));
  }

  /** The nearest; empty where none is near: a third of its letters wrong. */
  static Optional<String> of(String word, Collection<String> known) {
    String letters = word.substring(0, Math.min(word.length(), LONGEST));
    String typed = letters.toLowerCase(Locale.ROOT).replace('_', '-');
    return known.stream()
        .filter(name -> distance(typed, name) <= Math.max(1, typed.length() / 3))
        .min(
            Comparator.<String>comparingInt(name -> distance(typed, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Letters put in, left out, changed, or two swapped (Damerau 1964; optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
