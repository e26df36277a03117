package dev.cubit.products;

import dev.cubit.server.ServerException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Keys of a partition by range, as Cubit's gateway sees them: all from {@code from} to the last one
 * that begins with {@code to}. Compared by Unicode code point, in the normal form NFC.
 *
 * @param from the first; empty: from the very first
 * @param to empty: to the very last
 * @param folded whether upper and lower case are one: keys are compared in upper case
 */
record KeyRange(String from, String to, boolean folded) {
  private static final String SEPARATOR = "..";

  KeyRange {
    from = fold(from, folded);
    to = fold(to, folded);
    if (!to.isEmpty() && !to.startsWith(from) && compare(from, to) > 0) {
      throw ServerException.usage(
          "the keys '"
              + from
              + SEPARATOR
              + to
              + "' end before they begin; write the first one first");
    }
  }

  /**
   * Reads {@code F..L}.
   *
   * @throws ServerException if it is no range
   */
  static KeyRange parse(String text, boolean folded) {
    int at = text.indexOf(SEPARATOR);
    if (at < 0) {
      throw ServerException.usage(
          "the keys are '" + text + "'; write the first and the last letters, as in F..L");
    }
    return new KeyRange(text.substring(0, at), text.substring(at + SEPARATOR.length()), folded);
  }

  boolean contains(String name) {
    var key = fold(name, folded);
    return compare(key, from) >= 0 && (to.isEmpty() || key.startsWith(to) || compare(key, to) <= 0);
  }

  /** As a word: the same for the same keys. */
  String word() {
    return (folded ? "" : "=") + from + SEPARATOR + to;
  }

  private static String fold(String key, boolean folded) {
    var normal = Normalizer.normalize(key, Normalizer.Form.NFC);
    return folded
        ? Normalizer.normalize(normal.toUpperCase(Locale.ROOT), Normalizer.Form.NFC)
        : normal;
  }

  /** By code point; {@code String.compareTo} puts U+1F600 before U+FF21. */
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean differ = Character.isSurrogate(x) != Character.isSurrogate(y);
        return differ ? Character.isSurrogate(x) ? 1 : -1 : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
