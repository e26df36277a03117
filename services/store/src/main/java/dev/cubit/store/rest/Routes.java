package dev.cubit.store.rest;

import java.util.List;
import java.util.Optional;

/** What a service has at which path. */
@FunctionalInterface
public interface Routes {
  /**
   * Finds what is at a path.
   *
   * @param segments of the path, decoded
   */
  Optional<Resource> at(List<String> segments);
}
