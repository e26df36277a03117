package dev.cubit.load.requests;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an entry of a request file has that does not say otherwise.
 *
 * @param base what a path alone is relative to
 * @param headers that an entry does not set itself
 * @param checks of every entry, besides its own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and may be large
public record RequestDefaults(
    Optional<URI> base, String method, List<Header> headers, byte[] body, List<Check> checks) {
  public RequestDefaults {
    headers = List.copyOf(headers);
    checks = List.copyOf(checks);
  }

  /** A request for a URL, everything else as it is here. */
  public Request request(String url) throws RequestFileException {
    return request(url, Optional.empty(), List.of(), Optional.empty(), List.of());
  }

  Request request(
      String url,
      Optional<String> ownMethod,
      List<Header> ownHeaders,
      Optional<byte[]> ownBody,
      List<Check> ownChecks)
      throws RequestFileException {
    Address address = Address.parse(url, base);
    List<Header> all = new ArrayList<>(ownHeaders);
    for (Header header : address.headers(headers)) {
      if (ownHeaders.stream().noneMatch(h -> h.name().equalsIgnoreCase(header.name()))) {
        all.add(header);
      }
    }
    List<Check> allChecks = new ArrayList<>(checks);
    allChecks.addAll(ownChecks);
    try {
      return new Request(
          ownMethod.orElse(method),
          address.origin(),
          address.target(),
          all,
          ownBody.orElse(body),
          allChecks);
    } catch (IllegalArgumentException e) {
      throw new RequestFileException(String.valueOf(e.getMessage()));
    }
  }
}
