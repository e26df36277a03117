package dev.cubit.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Masks what looks like a secret in the words of a command: pages and recordings are passed on. */
public final class Secrets {
  /** A whole name, and no file or host: {@code http://token-service:8080} is none. */
  private static final String NAME =
      "(?<![\\w./-])[\\w.-]*(?:passw(?:or)?d|passphrase|(?:(?<![a-z])|(?<=-D))(?:pass|pwd)(?![a-z])|secret"
          + "|token|credential|authorization|(?:api|private|access)[-_.]?key)[\\w.-]*";

  private static final String MASK = "***";

  /** In a line. Without {@code =} or {@code :}, only an option has its value behind it. */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?i)("
              + NAME
              + "(?:[=:](?:\\s+(?:Bearer|Basic)\\s+)?|(?<=\\s-[\\w.-]{1,99})\\s+(?!-)))\\S+");

  private static final Pattern WORD = Pattern.compile("(?is)(" + NAME + "[=:]).+");
  private static final Pattern OPTION = Pattern.compile("(?i)(?=-)" + NAME);
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]*:)[^/\\s@]+(@)");

  private Secrets() {}

  /** {@code --db.password=abc} becomes {@code --db.password=***}. */
  public static String masked(String line) {
    return inUrls(VALUE.matcher(line).replaceAll("$1" + MASK));
  }

  /** The same of words that are apart, so that a value may have spaces. */
  public static List<String> masked(List<String> words) {
    List<String> masked = new ArrayList<>();
    boolean isValue = false;
    for (String word : words) {
      masked.add(
          isValue && !word.startsWith("-")
              ? MASK
              : inUrls(WORD.matcher(word).replaceAll("$1" + MASK)));
      isValue = OPTION.matcher(word).matches();
    }
    return masked;
  }

  private static String inUrls(String words) {
    return IN_URL.matcher(words).replaceAll("$1" + MASK + "$2");
  }
}
