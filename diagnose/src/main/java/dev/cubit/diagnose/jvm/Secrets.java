package dev.cubit.diagnose.jvm;

import java.util.regex.Pattern;

/** Masks what looks like a secret in the words of a command. */
final class Secrets {
  private static final String NAME =
      "[\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|credential|api-?_?key|private-?_?key"
          + "|access-?_?key)[\\w.-]*";
  private static final Pattern VALUE =
      Pattern.compile("(?i)(" + NAME + ")([=:]|\\s+(?=[^-\\s]))(\\S+)");
  private static final Pattern IN_URL = Pattern.compile("(://[^/\\s:@]+:)[^/\\s@]+(@)");

  private Secrets() {}

  /** {@code --db.password=abc} becomes {@code --db.password=***}. */
  static String masked(String words) {
    return IN_URL.matcher(VALUE.matcher(words).replaceAll("$1$2***")).replaceAll("$1***$2");
  }
}
