package dev.cubit.server;

import java.util.Locale;

/** What a request says of its body (RFC 9110, 8.3). */
public final class MediaType {
  /** JSON's. */
  public static final String JSON = "application/json";

  private MediaType() {}

  /**
   * The type without its parameters, in small letters; empty if there is none.
   *
   * @throws ProblemException if it names another character set than UTF-8
   */
  public static String of(String header) {
    var parts = header.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("charset=")) {
        var charset = parameter.substring(8).replace("\"", "");
        if (!charset.equals("utf-8") && !charset.equals("utf8") && !charset.equals("us-ascii")) {
          throw ProblemException.of(
              415, "the character set is '" + ProblemException.shown(charset) + "'; send UTF-8");
        }
      }
    }
    return parts[0].strip().toLowerCase(Locale.ROOT);
  }
}
