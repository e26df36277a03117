package dev.cubit.cli;

import dev.cubit.load.Request;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which requests of a HAR are sent, and to whom. */
final class Recorded {
  private Recorded() {}

  /**
   * Those to the hosts that the URLs name, as autocannon does. Where paths stand for URLs, those to
   * the first host of the recording, sent to the target instead; where there is no URL, all.
   *
   * @param all of the HAR, at least one
   * @param named by the URLs
   * @param base what a path is relative to
   */
  static List<Request> of(
      List<Request> all, List<Request> named, Optional<URI> base, Path file, Consumer<String> notes)
      throws CliException {
    if (named.isEmpty()) {
      return all;
    }
    Set<URI> allowed = new LinkedHashSet<>(named.stream().map(Request::origin).toList());
    URI first = all.getFirst().origin();
    Optional<URI> instead = base.filter(b -> allowed.size() == 1 && allowed.contains(b));
    if (instead.isPresent() && all.stream().noneMatch(r -> allowed.contains(r.origin()))) {
      allowed.add(first);
    }
    List<Request> kept = all.stream().filter(r -> allowed.contains(r.origin())).toList();
    if (kept.isEmpty()) {
      throw CliException.usage(
          file + " has no request to " + allowed.iterator().next() + ", only to " + first);
    }
    if (kept.size() < all.size()) {
      notes.accept(
          (all.size() - kept.size())
              + " of "
              + all.size()
              + " requests in "
              + file
              + " are left out: they are to "
              + all.stream()
                  .map(Request::origin)
                  .filter(origin -> !allowed.contains(origin))
                  .distinct()
                  .map(URI::toString)
                  .collect(Collectors.joining(", ")));
    }
    return instead.isPresent() ? kept.stream().map(r -> sentTo(instead.get(), r)).toList() : kept;
  }

  private static Request sentTo(URI origin, Request r) {
    return new Request(r.method(), origin, r.target(), r.headers(), r.body(), r.checks());
  }
}
