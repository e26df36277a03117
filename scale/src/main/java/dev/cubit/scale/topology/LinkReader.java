package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads how servers are spoken to: {@code protocol} and {@code ca}. */
final class LinkReader {
  private LinkReader() {}

  static Link of(Section service, Origin origin) {
    Optional<Item> ca = service.take("ca");
    Optional<Path> authorities = ca.filter(item -> isSecure(origin)).map(KeyReader::existing);
    if (authorities.isEmpty()) {
      ca.ifPresent(
          item ->
              item.keyProblem(
                  "'ca' is for servers that are asked over TLS, as `at: https://10.0.0.5:8443`:"
                      + " take it out"));
    }
    boolean http2 =
        service
            .take("protocol")
            .map(item -> item.choice(List.of("http1", "http2")).equals("http2"))
            .orElse(false);
    return new Link(http2 ? Link.Protocol.HTTP_2 : Link.Protocol.HTTP_1, authorities);
  }

  private static boolean isSecure(Origin origin) {
    return origin instanceof Origin.Fixed fixed
        && fixed.servers().stream().anyMatch(server -> "https".equals(server.getScheme()));
  }
}
