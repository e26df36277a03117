package dev.cubit.scale.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A request that is whole and well-formed.
 *
 * @param method in capitals; a HEAD is told as the GET whose head it wants
 * @param path its parts, decoded; none for {@code /}, and no empty one for a slash at the end
 * @param query each name once, in the order of the request, decoded; with an empty value where
 *     there is none
 * @param body a missing node where there is none
 */
public record ControlRequest(
    String method, List<String> path, Map<String, String> query, JsonNode body) {
  /** Copies what could change. */
  public ControlRequest {
    path = List.copyOf(path);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
  }
}
