package dev.cubit.scale.topology;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where keys are found: {@code path[1]}, {@code header:X-Customer}, and so on. */
final class KeyReader {
  /** A name of a header field or cookie, RFC 9110, section 5.6.2. */
  static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private static final Pattern FORM =
      Pattern.compile(
          "path\\[(?<index>\\d{1,2})]"
              + ("|(?<kind>header|cookie):\\s*(?<token>" + TOKEN + ")")
              + "|(?<other>query|jwt):\\s*(?<name>\\S+)");
  private static final String WANTED =
      "path[1], header:NAME, query:NAME, cookie:NAME or jwt:CLAIM, which tell where a key is";
  private static final Pattern CLAIM = Pattern.compile("\\S+");
  private static final Pattern MATCH = Pattern.compile("(" + TOKEN + "):\\s*(\\S(?:.*\\S)?)\\s*");

  private KeyReader() {}

  static KeySource of(Item item) {
    if (!item.isMapping()) {
      return item.text(FORM, WANTED).map(KeyReader::source).orElse(new KeySource.PathSegment(0));
    }
    try (Section jwt = item.section("'" + item.name() + "'")) {
      Optional<Item> claim = jwt.take("jwt");
      Optional<Path> secret = jwt.take("secret").map(KeyReader::existing);
      if (claim.isEmpty()) {
        item.problem("'" + item.name() + "' wants " + WANTED);
      }
      return new KeySource.JwtClaim(
          claim.flatMap(c -> c.text(CLAIM, "the name of a claim")).map(Matcher::group).orElse(""),
          secret);
    }
  }

  private static KeySource source(Matcher form) {
    if (form.group("index") != null) {
      return new KeySource.PathSegment(Integer.parseInt(form.group("index")));
    }
    if (form.group("kind") != null) {
      return form.group("kind").equals("header")
          ? new KeySource.Header(form.group("token").toLowerCase(Locale.ROOT))
          : new KeySource.Cookie(form.group("token"));
    }
    return form.group("other").equals("query")
        ? new KeySource.Query(form.group("name"))
        : new KeySource.JwtClaim(form.group("name"), Optional.empty());
  }

  /** A file that must be there. */
  static Path existing(Item item) {
    Path file = item.path();
    if (!Files.isRegularFile(file) && !file.equals(item.reading().folder())) {
      item.problem("there is no file " + file);
    }
    return file;
  }

  /** {@code Name: value}, as a line of a request's head. */
  static Optional<HeaderMatch> header(Item item) {
    return item.text(MATCH, "a header field as 'X-Version: 2', in quotes")
        .map(m -> new HeaderMatch(m.group(1).toLowerCase(Locale.ROOT), m.group(2)));
  }
}
