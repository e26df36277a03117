package dev.cubit.store.rest;

import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, received whole.
 *
 * @param method GET where the client asked for HEAD: the answer is the same but for its body
 * @param headers by name, upper and lower case being one; several of one name are joined by commas
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record Call(
    String method,
    List<String> path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  /** Copies the headers. */
  public Call {
    var folded = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    folded.putAll(headers);
    headers = folded;
  }

  /** A header field, if there is one. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * Checks what the client says its body is.
   *
   * @throws ProblemException with 415 if it is none of these types
   */
  public void requireType(List<String> types) {
    var type = MediaType.of(header("content-type").orElse(""));
    if (!types.contains(type)) {
      throw ProblemException.of(
          415,
          (type.isEmpty()
                  ? "the body has no content-type"
                  : "the body is '" + ProblemException.shown(type) + "'")
              + "; send "
              + String.join(" or ", types));
    }
  }

  /**
   * Refuses parameters that mean nothing here: a misspelt one would be ignored in silence.
   *
   * @throws ProblemException that names the first
   */
  public void allowQuery(String... names) {
    for (var name : query.keySet()) {
      if (!List.of(names).contains(name)) {
        throw ProblemException.parameter(
            name,
            "there is no parameter '"
                + ProblemException.shown(name)
                + "'; "
                + (names.length == 0
                    ? "there are none here"
                    : "there are " + String.join(", ", names)));
      }
    }
  }
}
