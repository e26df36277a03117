package dev.cubit.scale.topology;

import java.util.Optional;
import java.util.Set;

/**
 * Which requests go to a service. The longest path wins; of two as long, the one that asks for
 * more.
 *
 * @param path prefix, whole segments: {@code /cart} takes {@code /cart} and {@code /cart/7}, not
 *     {@code /carts}; {@code /} takes all
 * @param host in lower case without port, or {@code *.example.com}; empty: any
 * @param methods empty: any
 * @param header that the request must have
 * @param strip whether the service is asked for what follows the path
 */
public record Route(
    String path,
    Optional<String> host,
    Set<String> methods,
    Optional<HeaderMatch> header,
    boolean strip) {
  public Route {
    methods = Set.copyOf(methods);
  }

  /** All requests below a path, which the service sees whole. */
  public static Route to(String path) {
    return new Route(path, Optional.empty(), Set.of(), Optional.empty(), false);
  }
}
