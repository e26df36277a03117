package dev.cubit.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What was perhaps meant by a word that is not known. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest by edit distance; empty where none is near: a third of its letters wrong. */
  static Optional<String> of(String word, Stream<String> known) {
    String typed = word.replaceFirst("=.*", "");
    return known
        .filter(name -> distance(typed, name) <= Math.max(1, typed.length() / 3))
        .min(Comparator.<String>comparingInt(name -> distance(typed, name)).thenComparing(n -> n));
  }

  /** Of Levenshtein: letters to be put in, left out or changed. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    Arrays.setAll(before, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
