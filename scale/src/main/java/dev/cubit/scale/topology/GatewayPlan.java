package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the gateway listens, and what it bears.
 *
 * @param host the address to listen on; loopback unless the file says otherwise
 * @param port 0: a free one
 * @param tls empty: plain text
 * @param workers event loops; empty: one a core
 * @param limits of what clients may send
 * @param redirects answered by the gateway itself, the longest path first
 * @param accessLog where a line of JSON a request goes; empty: nowhere
 */
public record GatewayPlan(
    String host,
    int port,
    Optional<Tls> tls,
    OptionalInt workers,
    Limits limits,
    List<Redirect> redirects,
    Optional<Path> accessLog) {
  public GatewayPlan {
    redirects = List.copyOf(redirects);
  }

  /** Where clients reach it, without the port: {@code http://127.0.0.1}, {@code https://[::1]}. */
  public String origin() {
    return (tls.isPresent() ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host);
  }

  /** PEM files; read again when they change. */
  public record Tls(Path certificate, Path key) {}

  /**
   * What clients may send. What goes beyond is refused by the gateway.
   *
   * @param headerBytes of a request's head, the request line included: 431, or 414 for the line
   * @param headerFields in number: 431
   * @param bodyBytes of a request's body: 413; 0: no bound
   * @param headerTime from a head's first byte to its last: 408
   * @param bodyTime without a byte of a body: 408
   * @param idleTime without a request on a kept connection: closed
   * @param connections of clients at one time: more are closed at once
   */
  public record Limits(
      int headerBytes,
      int headerFields,
      long bodyBytes,
      Duration headerTime,
      Duration bodyTime,
      Duration idleTime,
      int connections) {

    /** What holds where the file says nothing. */
    public static Limits usual() {
      return new Limits(
          32 << 10,
          100,
          0,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          10_000);
    }
  }

  /**
   * An answer that sends the client elsewhere.
   *
   * @param path prefix of the paths that are sent away; what follows it is put behind {@code to}
   * @param status 301, 302, 303, 307 or 308
   */
  public record Redirect(String path, String to, int status) {}

  /** On a port of the loopback interface, all else as usual. */
  public static GatewayPlan on(int port) {
    return new GatewayPlan(
        "127.0.0.1",
        port,
        Optional.empty(),
        OptionalInt.empty(),
        Limits.usual(),
        List.of(),
        Optional.empty());
  }
}
