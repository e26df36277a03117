package dev.cubit.load.requests;

import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The requests of an HTTP archive (HAR 1.2), as browsers save it. */
final class Har {
  /** Of the connection that the browser had, not of the request. */
  private static final Set<String> NOT_REPLAYED =
      Set.of("host", "content-length", "connection", "keep-alive", "transfer-encoding", "upgrade");

  /** What a browser writes into a HAR though it asked no server, or not by HTTP. */
  private static final Pattern NOT_HTTP =
      Pattern.compile("(data|blob|about|wss?|file|[a-z-]*extension):", Pattern.CASE_INSENSITIVE);

  private Har() {}

  /**
   * Reads a HAR's {@code log.entries}.
   *
   * @param file it is in, for messages
   */
  static List<Request> requests(JsonNode entries, Path file, RequestDefaults defaults)
      throws RequestFileException {
    List<Request> requests = new ArrayList<>();
    int number = 0;
    for (JsonNode entry : entries) {
      Entry at = new Entry(file, ++number, defaults);
      JsonNode request = entry.path("request");
      if (!request.isObject()) {
        throw at.wrong("has no request");
      }
      List<Header> headers = new ArrayList<>();
      if (request.path("headers").isObject()) {
        throw at.wrong("its headers must be a list");
      }
      for (JsonNode header : request.path("headers")) {
        String name = header.path("name").asString("");
        if (!name.startsWith(":") && !NOT_REPLAYED.contains(name.toLowerCase(Locale.ROOT))) {
          headers.add(at.header(name, header.path("value").asString("")));
        }
      }
      Optional<String> url = at.string(request, "url");
      if (url.isEmpty()) {
        throw at.wrong("has no url");
      }
      if (NOT_HTTP.matcher(url.get()).lookingAt()) {
        continue;
      }
      requests.add(
          at.request(
              url.get(),
              at.string(request, "method"),
              headers,
              Optional.of(body(request.path("postData"), at)),
              List.of()));
    }
    return requests;
  }

  private static byte[] body(JsonNode data, Entry at) throws RequestFileException {
    if (data.path("text").isContainer()) {
      throw at.wrong("its postData.text must be a text");
    }
    if (!data.has("text") && !data.path("params").isEmpty()) {
      // percent-encoded or not, with files or not: HAR does not say how they were sent
      throw at.wrong("its postData has params and no text, which is what would be sent");
    }
    String text = data.path("text").asString("");
    if (!data.path("encoding").asString("").equals("base64")) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      // not the MIME decoder, which takes anything and skips what is not base64
      return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw at.wrong("its postData is no valid base64");
    }
  }
}
