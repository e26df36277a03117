package dev.cubit.load.requests;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of requests. Its kind is told by what is in it:
 *
 * <ul>
 *   <li>a HAR, as browsers save it: an object with {@code log.entries}
 *   <li>a JSON list, each entry a URL or {@code {"method", "url" or "path", "headers", "body",
 *       "expect": {"status", "body", "headers"}}}; or an object with such a list as {@code
 *       requests}
 *   <li>plain text, one URL a line, with a method before it where it is not the default; empty
 *       lines and lines that begin with # do not count
 * </ul>
 */
public final class RequestFile {
  private static final long LARGEST = 256L * 1024 * 1024;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // a body that is written as JSON is sent with the digits that it has: 1.10, 1E+400
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** A list of URLs may begin with an IPv6 address or a placeholder; a JSON list never does. */
  private static final Pattern HOST = Pattern.compile("\\[(<|[0-9a-fA-F]*:)");

  private final Path file;
  private final RequestDefaults defaults;

  private RequestFile(Path file, RequestDefaults defaults) {
    this.file = file;
    this.defaults = defaults;
  }

  /**
   * Reads a file of any of the kinds.
   *
   * @throws RequestFileException naming the file and the line or the entry
   */
  public static List<Request> read(Path file, RequestDefaults defaults)
      throws RequestFileException {
    return new RequestFile(file, defaults).read(false);
  }

  /**
   * Reads a HAR.
   *
   * @throws RequestFileException naming the file and the entry, or that it is no HAR
   */
  public static List<Request> readHar(Path file, RequestDefaults defaults)
      throws RequestFileException {
    return new RequestFile(file, defaults).read(true);
  }

  /** The text of a UTF-8 file. */
  static String text(Path file) throws RequestFileException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file))).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new RequestFileException(file + " is not UTF-8 text");
    }
  }

  /** All of a file that is not too large to be kept in memory. */
  static byte[] bytes(Path file) throws RequestFileException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new RequestFileException(file + " is larger than 256 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RequestFileException(
          Files.isDirectory(file)
              ? file + " is a folder, not a file"
              : "there is no file " + file + " that can be read");
    }
  }

  private List<Request> read(boolean harOnly) throws RequestFileException {
    String text = text(file);
    String start = text.stripLeading();
    List<Request> requests;
    if (harOnly
        || start.startsWith("{")
        || (start.startsWith("[") && !HOST.matcher(start).lookingAt())) {
      requests = ofJson(json(file.toString(), text), harOnly);
    } else {
      requests = ofLines(text.lines().toList());
    }
    if (requests.isEmpty()) {
      throw new RequestFileException(file + " has no request in it");
    }
    return requests;
  }

  /**
   * Reads JSON.
   *
   * @param what it is the text of, for the message
   */
  static JsonNode json(String what, String text) throws RequestFileException {
    try {
      return JSON.readTree(text);
    } catch (NumberFormatException e) { // Jackson lets it through
      throw new RequestFileException(
          what + ": no valid JSON: a number in it is too large or too small");
    } catch (JacksonException e) {
      // what is too deep or too long for Jackson is at no place
      Optional<TokenStreamLocation> at = Optional.ofNullable(e.getLocation());
      throw new RequestFileException(
          what
              + at.map(l -> ", line " + l.getLineNr() + ", column " + l.getColumnNr()).orElse("")
              + ": no valid JSON: "
              + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
    }
  }

  private List<Request> ofJson(JsonNode root, boolean harOnly) throws RequestFileException {
    JsonNode entries = root.path("log").path("entries");
    if (entries.isArray()) {
      return Har.requests(entries, file, defaults);
    }
    JsonNode list = root.isArray() ? root : root.path("requests");
    if (harOnly || !list.isArray()) {
      throw new RequestFileException(
          harOnly
              ? file + " is no HAR: it has no log.entries"
              : file
                  + " is neither a HAR nor a list of requests: it has no log.entries and no"
                  + " requests");
    }
    List<Request> requests = new ArrayList<>();
    int number = 0;
    for (JsonNode entry : list) {
      number++;
      requests.add(ofEntry(entry, new Entry(file, number, defaults)));
    }
    return requests;
  }

  private Request ofEntry(JsonNode entry, Entry at) throws RequestFileException {
    if (!entry.isObject() && !entry.isString()) {
      throw at.wrong("must be a URL or an object");
    }
    if (entry.isString()) {
      return at.request(entry.asString(), Optional.empty(), List.of(), Optional.empty(), List.of());
    }
    Set<String> unknown = new LinkedHashSet<>(entry.propertyNames());
    unknown.removeAll(Set.of("method", "url", "path", "headers", "body", "expect"));
    if (!unknown.isEmpty()) {
      throw at.wrong(
          "'"
              + unknown.iterator().next()
              + "' is not known; there are method, url, path, headers, body and expect");
    }
    String path = at.string(entry, "path").orElse("/");
    if (!path.startsWith("/")) { // as an address, its first word would be taken for a host
      throw at.wrong("the path '" + path + "' does not begin with a slash");
    }
    return at.request(
        at.string(entry, "url").orElse(path),
        at.string(entry, "method"),
        headers(entry.path("headers"), at),
        body(entry.path("body")),
        checks(entry.path("expect"), at));
  }

  private List<Header> headers(JsonNode node, Entry at) throws RequestFileException {
    List<Header> headers = new ArrayList<>();
    if (node.isMissingNode()) {
      return headers;
    }
    if (!node.isObject()) {
      throw at.wrong("'headers' must be an object of texts");
    }
    for (var header : node.properties()) {
      if (!header.getValue().isValueNode() || header.getValue().isNull()) {
        throw at.wrong("the header '" + header.getKey() + "' must be a text");
      }
      headers.add(at.header(header.getKey(), header.getValue().asString()));
    }
    return headers;
  }

  private static Optional<byte[]> body(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    String text = node.isString() ? node.asString() : node.toString();
    return Optional.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Check> checks(JsonNode expect, Entry at) throws RequestFileException {
    List<Check> checks = new ArrayList<>();
    if (expect.isMissingNode()) {
      return checks;
    }
    if (!expect.isObject()) {
      throw at.wrong("'expect' must be an object of status, body and headers");
    }
    for (var wish : expect.properties()) {
      JsonNode value = wish.getValue();
      switch (wish.getKey()) {
        case "status" -> {
          if (!value.isInt() || value.asInt() < 100 || value.asInt() > 599) {
            throw at.wrong("'expect.status' must be a number from 100 to 599");
          }
          checks.add(new Check.StatusIn(Set.of(value.asInt())));
        }
        case "body" ->
            checks.add(
                new Check.BodyEquals(value.isString() ? value.asString() : value.toString()));
        case "headers" -> {
          for (Header header : headers(value, at)) {
            checks.add(new Check.HeaderContains(header.name(), header.value()));
          }
        }
        default ->
            throw at.wrong(
                "'expect." + wish.getKey() + "' is not known; there are status, body and headers");
      }
    }
    return checks;
  }

  private List<Request> ofLines(List<String> lines) throws RequestFileException {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+", 2);
      boolean hasMethod = words.length == 2 && words[0].matches("[A-Z]{3,10}");
      try {
        requests.add(
            hasMethod
                ? defaults.request(
                    words[1], Optional.of(words[0]), List.of(), Optional.empty(), List.of())
                : defaults.request(line));
      } catch (RequestFileException e) {
        throw new RequestFileException(file + ", line " + (i + 1) + ": " + e.getMessage());
      }
    }
    return requests;
  }
}
