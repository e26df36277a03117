package dev.cubit.scale.partition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * What the query of a list says of its page.
 *
 * @param query as it was sent, without the question mark
 * @param after only keys behind this one are wanted; empty: from the first
 * @param limit how many elements at most; without one, as many as there are
 */
public record ListQuery(String query, String after, int limit) {
  private static final String AFTER = "after";
  private static final String LIMIT = "limit";

  /** Reads it; what is no number or no text is for the service to refuse. */
  public static ListQuery of(String query) {
    String after = "";
    String limit = "";
    for (String pair : query.split("&", -1)) {
      int sign = pair.indexOf('=');
      String name = sign < 0 ? pair : pair.substring(0, sign);
      if (sign >= 0 && name.equals(AFTER) && after.isEmpty()) {
        after = decoded(pair, sign + 1);
      } else if (sign >= 0 && name.equals(LIMIT) && limit.isEmpty()) {
        limit = decoded(pair, sign + 1);
      }
    }
    return new ListQuery(query, after, number(limit));
  }

  private static String decoded(String pair, int from) {
    return PercentText.decode(pair, from, pair.length(), true) instanceof FoundKey.Key(String text)
        ? text
        : "";
  }

  private static int number(String limit) {
    boolean fits = limit.length() < 10 && !limit.isEmpty();
    for (int i = 0; i < limit.length(); i++) {
      fits &= limit.charAt(i) >= '0' && limit.charAt(i) <= '9';
    }
    int number = fits ? Integer.parseInt(limit) : 0;
    return number > 0 ? number : Integer.MAX_VALUE;
  }

  /** The same query for the page behind a key. */
  public String next(String key) {
    String value = AFTER + "=" + URLEncoder.encode(key, UTF_8).replace("+", "%20");
    StringBuilder next = new StringBuilder();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty() && !pair.equals(AFTER) && !pair.startsWith(AFTER + "=")) {
        next.append(pair).append('&');
      }
    }
    return next.append(value).toString();
  }
}
