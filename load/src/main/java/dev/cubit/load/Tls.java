package dev.cubit.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How https targets are met.
 *
 * @param acceptAny no certificate is refused, whoever signed it and for whatever name
 * @param authorities PEM files of the authorities to trust instead of the JDK's; none: the JDK's
 * @param certificate PEM file of the client's own certificate chain, where the target asks for one
 * @param key PEM file (PKCS #8) of its private key
 * @param serverName for SNI and the check of the certificate, where it is not the URL's host
 */
public record Tls(
    boolean acceptAny,
    List<Path> authorities,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<String> serverName) {
  public static final Tls DEFAULT =
      new Tls(false, List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public Tls {
    authorities = List.copyOf(authorities);
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "a client certificate needs its private key, and a key its certificate");
    }
  }
}
