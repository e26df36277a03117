package dev.cubit.qr;

/** How far a word is from another, for hints. */
final class Spelling {
  private static final int LONGEST = 40;

  private Spelling() {}

  /** Levenshtein's distance without regard to case; long words are far from all. */
  static int distance(String word, String other) {
    if (word.length() > LONGEST) {
      return LONGEST;
    }
    var row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same = lower(word.charAt(i - 1)) == lower(other.charAt(j - 1));
        int above = row[j];
        row[j] = Math.min(diagonal + (same ? 0 : 1), 1 + Math.min(row[j - 1], above));
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  private static char lower(char c) {
    return Character.toLowerCase(c);
  }
}
