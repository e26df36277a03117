package dev.cubit.load;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request to send, as often as the plan says.
 *
 * <p>Where the plan has {@link Variables}, path, header values and body may hold placeholders, see
 * there; they are kept in {@code target} as they were written.
 *
 * @param method an HTTP method
 * @param origin scheme, host and port: {@code http://localhost:8080}; the scheme is http or https
 * @param target path and query as they are sent, beginning with a slash
 * @param headers in the order in which they are sent; Host, Content-Length and Connection are added
 *     unless they are among them
 * @param body empty for none; not copied, not to be changed
 * @param checks what the response must be like
 */
@SuppressWarnings("ArrayRecordComponent") // bodies may be 50 MB: they are shared, not copied
public record Request(
    String method,
    URI origin,
    String target,
    List<Header> headers,
    byte[] body,
    List<Check> checks) {
  /** URI has no host for a name with an underscore, as containers have; RFC 3986 allows it. */
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^@:\\[\\]]+):?(\\d{0,5})");

  public Request {
    headers = List.copyOf(headers);
    checks = List.copyOf(checks);
    if (!Header.isToken(method)) { // RFC 9110, section 9.1: as a header's name is
      throw new IllegalArgumentException("'" + method + "' is no HTTP method, such as GET or POST");
    }
    method = method.toUpperCase(Locale.ROOT);
    if (!target.startsWith("/") && !target.equals("*")) {
      throw new IllegalArgumentException("the path '" + target + "' does not begin with a slash");
    }
    if (target.chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw new IllegalArgumentException(
          "the path '" + target + "' has a space or a control character: write %20 for a space");
    }
    String scheme = origin.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "'" + origin + "' is neither an http nor an https address");
    }
    if (!AUTHORITY.matcher(String.valueOf(origin.getRawAuthority())).matches()
        || origin.getPort() > 65_535) {
      throw new IllegalArgumentException("'" + origin + "' has no valid host and port");
    }
  }

  /** The name or the address of the origin, an IPv6 address in brackets. */
  public String host() {
    return authority(1);
  }

  /** The port to connect to: the origin's own, or its scheme's default. */
  public int port() {
    String port = authority(2);
    return port.isEmpty() ? (secure() ? 443 : 80) : Integer.parseInt(port);
  }

  private String authority(int group) {
    Matcher parts = AUTHORITY.matcher(origin.getRawAuthority());
    return parts.matches() ? parts.group(group) : "";
  }

  public boolean secure() {
    return origin.getScheme().equals("https");
  }

  /** The whole address, for people. */
  public String url() {
    return origin + target;
  }
}
