package dev.cubit.load.requests;

import dev.cubit.load.Header;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A URL as people write it, taken apart into what a request needs. What browsers and curl take is
 * taken here too: a missing scheme is http, characters that a URL may not have are percent-encoded,
 * a fragment is dropped. Placeholders {@code [<…>]} stay as they are.
 *
 * @param origin scheme, host and port
 * @param target path and query as they are sent
 * @param credentials an Authorization header made of {@code user:password@}, if it was there
 */
public record Address(URI origin, String target, Optional<Header> credentials) {
  private static final Pattern URL =
      Pattern.compile(
          "(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?<authority>[^/?#]*)(?<target>[^#]*)(?:#.*)?",
          Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:(?<user>.*)@)?(?<host>\\[[^\\]]*]|[^:]*)(?::(?<port>.*))?", Pattern.DOTALL);

  /**
   * RFC 1123, and the underscores that the names of containers have; the last part is no number.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*"
              + "(?!\\d+\\.?$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.?");

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern BARE_PERCENT = Pattern.compile("%(?![0-9a-fA-F]{2})");
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\[(?:<|%3C)([^>\\]%]*)(?:>|%3E)]", Pattern.CASE_INSENSITIVE);

  /**
   * Reads a URL.
   *
   * @param base what a path alone, beginning with a slash, is relative to
   * @throws RequestFileException with the URL and what is wrong with it
   */
  public static Address parse(String text, Optional<URI> base) throws RequestFileException {
    String url = text.strip();
    if (url.isEmpty()) {
      throw new RequestFileException("the URL is empty");
    }
    if (url.startsWith("/")) {
      if (base.isEmpty()) {
        throw new RequestFileException(
            "the URL '"
                + url
                + "' has no host: write http://localhost:8080"
                + url
                + ", or give the command that starts the server after --");
      }
      return new Address(base.get(), target(url.split("#", 2)[0]), Optional.empty());
    }
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new RequestFileException("'" + url + "' is no URL");
    }
    String scheme =
        Optional.ofNullable(parts.group("scheme")).orElse("http").toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new RequestFileException(
          "the URL '" + url + "' is for " + scheme + ": only http and https are known here");
    }
    if (parts.group("scheme") == null && parts.group("authority").endsWith(":")) {
      // unix:/tmp/socket, http:/localhost: what is before the colon is not meant as a host
      throw new RequestFileException(
          "the URL '"
              + url
              + "' has no host: it begins with http:// or https://, or with HOST:PORT");
    }
    return of(url, scheme, parts.group("authority"), parts.group("target"));
  }

  private static Address of(String url, String scheme, String authority, String target)
      throws RequestFileException {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      throw new RequestFileException("the URL '" + url + "' has no valid host");
    }
    String host = host(url, parts.group("host"));
    int port = port(url, parts.group("port"));
    String user = Optional.ofNullable(parts.group("user")).orElse("");
    return new Address(
        origin(url, scheme + "://" + host + (port < 0 ? "" : ":" + port)),
        target(target),
        user.isEmpty() ? Optional.empty() : Optional.of(basic(url, user)));
  }

  private static URI origin(String url, String text) throws RequestFileException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new RequestFileException("the URL '" + url + "' has no valid IPv6 address");
    }
  }

  private static String host(String url, String host) throws RequestFileException {
    if (host.isEmpty()) {
      throw new RequestFileException("the URL '" + url + "' has no host");
    }
    if (host.startsWith("[")) {
      if (!host.matches("\\[[0-9a-fA-F:.]+]")) {
        throw new RequestFileException("the URL '" + url + "' has no valid IPv6 address");
      }
      return host;
    }
    try {
      String ascii = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      if (!NAME.matcher(ascii).matches() && !IPV4.matcher(ascii).matches()) {
        throw new RequestFileException(
            "the URL '" + url + "' has the host '" + host + "', which is none");
      }
      return ascii;
    } catch (IllegalArgumentException e) {
      throw new RequestFileException(
          "the URL '" + url + "' has the host '" + host + "', which is none");
    }
  }

  private static int port(String url, @org.jspecify.annotations.Nullable String port)
      throws RequestFileException {
    if (port == null || port.isEmpty()) {
      return -1;
    }
    if (port.matches("\\d{1,5}")) {
      int number = Integer.parseInt(port);
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    }
    throw new RequestFileException(
        "the URL '" + url + "' has the port '" + port + "': a port is 1 to 65535");
  }

  /** RFC 7617, section 2: there is always a colon, also where there is no password. */
  private static Header basic(String url, String user) throws RequestFileException {
    if (BARE_PERCENT.matcher(user).find()) {
      throw new RequestFileException(
          "the URL '" + url + "' has a % in its user or password: write %25 for it");
    }
    String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    String plain = user.contains(":") ? decoded : decoded + ":";
    return new Header(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
  }

  /** Path and query, with what may not stand in a request line percent-encoded. */
  private static String target(String text) {
    String path = text.isEmpty() ? "/" : text.startsWith("?") ? "/" + text : text;
    StringBuilder out = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(path);
    int end = 0;
    while (placeholder.find()) {
      encode(path.substring(end, placeholder.start()), out);
      out.append("[<").append(placeholder.group(1)).append(">]");
      end = placeholder.end();
    }
    encode(path.substring(end), out);
    return out.toString();
  }

  private static void encode(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 127 || "\"<>\\^`{|}#".indexOf(b) >= 0) {
        out.append('%').append(String.format("%02X", b & 255));
      } else {
        out.append((char) b);
      }
    }
  }

  /** The header of its credentials, in front of others and instead of one that they have. */
  public List<Header> headers(List<Header> others) {
    return credentials
        .map(
            c ->
                Stream.concat(
                        Stream.of(c),
                        others.stream().filter(h -> !h.name().equalsIgnoreCase(c.name())))
                    .toList())
        .orElse(others);
  }
}
