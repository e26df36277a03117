package dev.cubit.store.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response, whole.
 *
 * @param headers all but the length of the body
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Answer(int status, Map<String, String> headers, byte[] body) {
  private static final String NOT_KEPT = "no-cache";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Without a body. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  /** A document of which caches have to ask whether it still holds. */
  public static Answer json(int status, Object document) {
    return json(status, JsonText.write(document));
  }

  /** The same, of bytes that are JSON already. */
  public static Answer json(int status, byte[] document) {
    return new Answer(
        status, Map.of("content-type", "application/json", "cache-control", NOT_KEPT), document);
  }

  static Answer text(int status, String mediaType, String text) {
    return new Answer(
        status,
        Map.of("content-type", mediaType, "cache-control", "no-store"),
        text.getBytes(UTF_8));
  }

  /** A problem document; what is only for now says when to come back. */
  public static Answer problem(ProblemException problem) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/problem+json");
    headers.put("cache-control", "no-store");
    if (problem.status() == 503) {
      headers.put("retry-after", "1");
    }
    return new Answer(problem.status(), headers, problem.document());
  }

  /** The same with one header more. */
  public Answer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
