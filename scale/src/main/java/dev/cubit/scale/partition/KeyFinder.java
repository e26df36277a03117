package dev.cubit.scale.partition;

import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.ScaleException;
import java.time.InstantSource;

/**
 * Finds the key of a request. Immutable: all event loops may share one. A key in plain ASCII that
 * is folded already costs one string and one record.
 */
public final class KeyFinder {
  private final Where where;
  private final Folding folding;

  private interface Where {
    FoundKey in(RequestParts request);
  }

  private KeyFinder(Where where, Folding folding) {
    this.where = where;
    this.folding = folding;
  }

  /**
   * For keys of a source.
   *
   * @param clock by which signed tokens expire
   * @throws ScaleException where the key that tokens must be signed with cannot be read
   */
  public static KeyFinder of(KeySource source, Folding folding, InstantSource clock)
      throws ScaleException {
    return new KeyFinder(where(source, clock), folding);
  }

  private static Where where(KeySource source, InstantSource clock) throws ScaleException {
    return switch (source) {
      case KeySource.PathSegment(int index) -> request -> segment(request.path(), index);
      case KeySource.Header(String name) -> request -> plain(request.header(name).strip());
      case KeySource.Query(String name) -> request -> parameter(request.query(), name);
      case KeySource.Cookie(String name) -> request -> cookie(request.header("cookie"), name);
      case KeySource.JwtClaim claim -> {
        BearerToken token = BearerToken.of(claim, clock);
        yield request -> token.claim(request.header("authorization"));
      }
    };
  }

  /** The request's key, none, or why what is there is refused. Hot path. */
  public FoundKey find(RequestParts request) {
    FoundKey found = where.in(request);
    if (!(found instanceof FoundKey.Key(String text))) {
      return found;
    }
    String folded = folding.fold(text);
    return folded.equals(text) ? found : new FoundKey.Key(folded);
  }

  static FoundKey plain(String text) {
    return text.isEmpty() ? FoundKey.None.NONE : new FoundKey.Key(text);
  }

  private static FoundKey segment(String path, int index) {
    int from = path.startsWith("/") ? 1 : 0;
    for (int i = 0; i < index; i++) {
      int slash = path.indexOf('/', from);
      if (slash < 0) {
        return FoundKey.None.NONE;
      }
      from = slash + 1;
    }
    int slash = path.indexOf('/', from);
    return PercentText.decode(path, from, slash < 0 ? path.length() : slash, false);
  }

  /** The first of that name; the WHATWG's URL standard, section 5.1. */
  private static FoundKey parameter(String query, String name) {
    for (int from = 0; from < query.length(); ) {
      int and = query.indexOf('&', from);
      int to = and < 0 ? query.length() : and;
      int sign = query.indexOf('=', from);
      int nameEnd = sign < 0 || sign > to ? to : sign;
      if (isNamed(query, from, nameEnd, name)) {
        return PercentText.decode(query, Math.min(nameEnd + 1, to), to, true);
      }
      from = to + 1;
    }
    return FoundKey.None.NONE;
  }

  private static boolean isNamed(String query, int from, int to, String name) {
    if (to - from == name.length() && query.startsWith(name, from)) {
      return true;
    }
    // written in another way?
    return PercentText.isEncoded(query, from, to, true)
        && PercentText.decode(query, from, to, true) instanceof FoundKey.Key(String text)
        && text.equals(name);
  }

  /** The first of that name, which is the one of the longest path; RFC 6265, section 5.4. */
  private static FoundKey cookie(String cookies, String name) {
    for (int from = 0; from < cookies.length(); ) {
      int end = cookies.indexOf(';', from);
      int to = end < 0 ? cookies.length() : end;
      while (from < to && cookies.charAt(from) == ' ') {
        from++;
      }
      int value = from + name.length() + 1;
      if (value <= to && cookies.startsWith(name, from) && cookies.charAt(value - 1) == '=') {
        String text = cookies.substring(value, to).strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return plain(quoted ? text.substring(1, text.length() - 1) : text);
      }
      from = to + 1;
    }
    return FoundKey.None.NONE;
  }
}
