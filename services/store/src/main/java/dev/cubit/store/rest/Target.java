package dev.cubit.store.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.ProblemException;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request is about.
 *
 * @param segments of the path, decoded, in Unicode's normal form NFC
 * @param query its parameters, decoded, in the normal form NFC; no name is there twice
 */
public record Target(List<String> segments, Map<String, String> query) {
  public Target {
    segments = List.copyOf(segments);
    query = Map.copyOf(query);
  }

  /**
   * Takes the target of a request apart.
   *
   * @throws ProblemException if it is malformed
   */
  public static Target parse(String uri) {
    int mark = uri.indexOf('?');
    var path = mark < 0 ? uri : uri.substring(0, mark);
    var segments = new ArrayList<String>();
    if (path.length() > 1) {
      for (var segment : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
        segments.add(decoded(segment, "the path"));
      }
    }
    return new Target(segments, mark < 0 ? Map.of() : query(uri.substring(mark + 1)));
  }

  /** The text as a segment of a path or in a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private static Map<String, String> query(String text) {
    var parameters = new LinkedHashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int sign = pair.indexOf('=');
      var name = decoded(plain(sign < 0 ? pair : pair.substring(0, sign)), "the query");
      var value = sign < 0 ? "" : decoded(plain(pair.substring(sign + 1)), name);
      if (parameters.putIfAbsent(name, value) != null) {
        throw ProblemException.parameter(
            name, "'" + ProblemException.shown(name) + "' is there twice");
      }
    }
    return parameters;
  }

  private static String plain(String text) {
    return text.replace('+', ' ');
  }

  private static String decoded(String text, String place) {
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = digit(text, i + 1);
        int low = digit(text, i + 2);
        if (high < 0 || low < 0) {
          throw malformed(place, "a percent sign needs two hexadecimal digits after it");
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        throw malformed(place, "what is beyond ASCII must be percent-encoded");
      }
    }
    try {
      var characters = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return Normalizer.normalize(characters, Normalizer.Form.NFC);
    } catch (CharacterCodingException e) {
      throw malformed(place, "it is not UTF-8");
    }
  }

  /** -1 if there is none: in ASCII only, as {@code Character.digit} takes those of all scripts. */
  private static int digit(String text, int index) {
    return index < text.length() && text.charAt(index) < 0x80
        ? Character.digit(text.charAt(index), 16)
        : -1;
  }

  private static ProblemException malformed(String place, String reason) {
    return ProblemException.of(400, ProblemException.shown(place) + " is malformed: " + reason);
  }
}
