package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the gateway speaks to the servers of a service.
 *
 * @param authorities a PEM file with the certificates of those who may vouch for servers that are
 *     spoken to over TLS; empty: whom the JDK trusts
 */
public record Link(Protocol protocol, Optional<Path> authorities) {
  /** What is spoken. */
  public enum Protocol {
    /** HTTP/1.1. */
    HTTP_1,
    /** HTTP/2: by ALPN over TLS, else with prior knowledge. */
    HTTP_2
  }

  /** What holds where the file says nothing. */
  public static Link usual() {
    return new Link(Protocol.HTTP_1, Optional.empty());
  }
}
