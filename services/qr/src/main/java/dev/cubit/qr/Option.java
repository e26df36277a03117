package dev.cubit.qr;

import dev.cubit.server.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that can be asked of a picture, each under the names that people know from goqr.me,
 * QuickChart and npm's qrcode. Names of one option mean the same; docs/qr.md shows this table.
 */
@SuppressWarnings("ImmutableEnumChecker") // Readers are functions, and the lists are unmodifiable.
enum Option {
  DATA((name, value) -> value, "data", "text"),
  SIZE(Values::size, "size", "width"),
  SCALE(Values.number(1, 1000), "scale"),
  MARGIN(Values.number(0, 3333), "margin"),
  QUIET_ZONE(Values.number(0, 100), "qzone"),
  LEVEL(Values::level, "level", "ecc", "ecLevel", "errorCorrectionLevel"),
  BOOST(Values::flag, "boost"),
  MICRO(Values::flag, "micro"),
  VERSION(Values.number(1, 40), "version"),
  MASK(Values.number(0, 7), "mask", "maskPattern"),
  ECI(Values::flag, "eci"),
  PARTS(Values.number(1, 16), "parts"),
  PART(Values.number(1, 16), "part"),
  DARK(Colors::read, "dark", "color", "color.dark"),
  LIGHT(Colors::read, "light", "bgcolor", "color.light"),
  FORMAT(Formats::read, "format", "type"),
  SOURCE_CHARSET(Values::utf8, "charset-source"),
  TARGET_CHARSET(Values::utf8, "charset-target"),
  DOWNLOAD(Values::fileName, "download");

  private static final Map<String, Option> BY_NAME =
      Arrays.stream(values())
          .flatMap(option -> option.names.stream().map(name -> Map.entry(name, option)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final Reader reader;
  private final List<String> names;

  /** From what the client wrote to what it means. */
  @FunctionalInterface
  interface Reader {
    /**
     * Returns what compares equal for equal meanings.
     *
     * @throws ProblemException if it has no meaning
     */
    Object read(String name, String value);
  }

  Option(Reader reader, String... names) {
    this.reader = reader;
    this.names = List.of(names);
  }

  static Optional<Option> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, ours first. */
  List<String> names() {
    return names;
  }

  Object read(String name, String value) {
    return reader.read(name, value);
  }

  /** An unknown name is refused: a typo that is ignored gives a wrong code. */
  static ProblemException unknown(String name) {
    var nearest =
        BY_NAME.keySet().stream()
            .sorted()
            .min((a, b) -> Integer.compare(Spelling.distance(name, a), Spelling.distance(name, b)));
    var hint =
        nearest
            .filter(near -> Spelling.distance(name, near) <= Math.max(1, near.length() / 3))
            .map(near -> "did you mean '" + near + "'?")
            .orElse("the options are in /openapi.json");
    return ProblemException.parameter(
        ProblemException.shown(name),
        "there is no option '" + ProblemException.shown(name) + "'; " + hint);
  }
}
