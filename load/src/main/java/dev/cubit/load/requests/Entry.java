package dev.cubit.load.requests;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The place of one request in a file: what is wrong with it is told with that.
 *
 * @param number from 1
 */
record Entry(Path file, int number, RequestDefaults defaults) {
  RequestFileException wrong(String what) {
    return new RequestFileException(file + ", entry " + number + ": " + what);
  }

  Optional<String> string(JsonNode entry, String name) throws RequestFileException {
    JsonNode value = entry.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrong("'" + name + "' must be a text");
    }
    return Optional.of(value.asString());
  }

  Header header(String name, String value) throws RequestFileException {
    try {
      return new Header(name, value);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  Request request(
      String url,
      Optional<String> method,
      List<Header> headers,
      Optional<byte[]> body,
      List<Check> checks)
      throws RequestFileException {
    try {
      return defaults.request(url, method, headers, body, checks);
    } catch (RequestFileException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }
}
