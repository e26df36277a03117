package dev.cubit.qr;

import dev.cubit.qr.image.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of formats: in options, and in the header Accept. */
final class Formats {
  /** What people write besides the format's name, its extension and its media type. */
  private static final Map<String, String> SYNONYMS =
      Map.of("utf8", "text", "utf-8", "text", "jpg", "jpeg");

  private static final Map<String, Format> BY_NAME = new TreeMap<>();

  static {
    for (var format : Format.values()) {
      BY_NAME.put(format.name().toLowerCase(Locale.ROOT), format);
      BY_NAME.put(format.extension(), format);
      BY_NAME.put(bare(format), format);
    }
    SYNONYMS.forEach(
        (synonym, name) ->
            Optional.ofNullable(BY_NAME.get(name))
                .ifPresent(format -> BY_NAME.put(synonym, format)));
  }

  private Formats() {}

  static Object read(String name, String value) {
    var format = BY_NAME.get(value.toLowerCase(Locale.ROOT));
    if (format == null) {
      throw Values.refused(name, value, "is one of " + String.join(", ", names()));
    }
    return format;
  }

  /** The short names, as the documents list them. */
  static List<String> names() {
    return BY_NAME.keySet().stream().filter(name -> name.indexOf('/') < 0).toList();
  }

  /**
   * The format that a request names in its header Accept when that names nothing else. A list is a
   * browser's, which says there what it could show and not what is wanted.
   */
  static Optional<Format> accepted(String accept) {
    if (accept.indexOf(',') >= 0 || accept.equals("*/*")) {
      return Optional.empty();
    }
    int parameters = accept.indexOf(';');
    var type = parameters < 0 ? accept : accept.substring(0, parameters);
    return Arrays.stream(Format.values())
        .filter(format -> bare(format).equalsIgnoreCase(type.strip()))
        .findFirst();
  }

  /** Whether drawing takes memory for each pixel, by the JDK's own writers. */
  static boolean isHeldInMemory(Format format) {
    return format.name().equals("GIF") || format.name().equals("JPEG");
  }

  private static String bare(Format format) {
    int parameters = format.mediaType().indexOf(';');
    return parameters < 0 ? format.mediaType() : format.mediaType().substring(0, parameters);
  }
}
