package dev.cubit.scale.topology;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The order of keys: by Unicode code point. UTF-8 sorted by bytes and PostgreSQL's collation "C"
 * have the same; {@link String#compareTo} has not, as it puts U+1F600 before U+FF21.
 */
public final class KeyOrder {
  private static final Comparator<String> BY_CODE_POINT = KeyOrder::compare;

  private KeyOrder() {}

  /** For sorting. */
  public static Comparator<String> comparator() {
    return BY_CODE_POINT;
  }

  /** Below 0 where {@code a} is first, 0 where they are one, else above. Hot path. */
  public static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Surrogates, which stand for what is above U+FFFF, behind all others. */
  private static char rank(char c) {
    return (char)
        (c < Character.MIN_SURROGATE ? c : Character.isSurrogate(c) ? c + 0x2000 : c - 0x800);
  }

  /**
   * The first string behind all that begin with a prefix: {@code M} for {@code L}.
   *
   * @return empty where there is none: for the empty prefix, and one of U+10FFFF only
   */
  public static Optional<String> afterAllThatBeginWith(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
        return Optional.of(prefix.substring(0, end) + Character.toString(next));
      }
    }
    return Optional.empty();
  }

  /**
   * The prefix whose strings are the last ones before a bound: {@code E} for {@code F}, {@code Fn}
   * for {@code Fo}. The opposite of {@link #afterAllThatBeginWith}.
   *
   * @return empty where there is none: for the empty bound, and one that ends with U+0000
   */
  public static Optional<String> lastPrefixBefore(String bound) {
    if (bound.isEmpty() || bound.endsWith("\0")) {
      return Optional.empty();
    }
    int last = bound.codePointBefore(bound.length());
    int before = last - 1 == Character.MAX_SURROGATE ? Character.MIN_SURROGATE - 1 : last - 1;
    String head = bound.substring(0, bound.length() - Character.charCount(last));
    return Optional.of(head + Character.toString(before));
  }

  /** Normal form NFC, and upper case where asked for. Allocates nothing for folded ASCII. */
  static String fold(String key, boolean upper) {
    boolean ascii = true;
    boolean folded = true;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      ascii &= c < 0x80;
      folded &= !(upper && c >= 'a' && c <= 'z');
    }
    if (ascii) {
      return folded ? key : key.toUpperCase(Locale.ROOT);
    }
    String normal = Normalizer.normalize(key, Normalizer.Form.NFC);
    return upper
        ? Normalizer.normalize(normal.toUpperCase(Locale.ROOT), Normalizer.Form.NFC)
        : normal;
  }
}
