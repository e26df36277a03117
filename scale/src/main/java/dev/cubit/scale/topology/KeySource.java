package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.Optional;

/** Where in a request its key is found. */
public sealed interface KeySource {

  /**
   * A segment of the path, percent-decoded; 0 is the first: {@code /products/{name}} has it as 1.
   */
  record PathSegment(int index) implements KeySource {}

  /** A header field; the name in lower case. */
  record Header(String name) implements KeySource {}

  /** A parameter of the query, percent-decoded. */
  record Query(String name) implements KeySource {}

  /** A cookie. */
  record Cookie(String name) implements KeySource {}

  /**
   * A claim of the bearer token (RFC 7519).
   *
   * @param secret file with the key that it must be signed with; empty: the token is not verified
   */
  record JwtClaim(String name, Optional<Path> secret) implements KeySource {}
}
