package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import java.io.IOException;
import java.net.URLEncoder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for all texts and for all that strangers send; jqwik prints the seed. */
final class ServiceProperties {
  private static Running qr = new Running();

  @BeforeContainer
  static void start() {
    assertThat(qr.port()).isPositive();
  }

  @AfterContainer
  static void stop() {
    qr.close();
  }

  @Property(tries = 500)
  void any_text_comes_back_from_its_picture(@ForAll("texts") String text) throws Exception {
    try (var raw = new RawClient(qr.port())) {
      var target = "/?data=" + URLEncoder.encode(text, UTF_8);
      raw.send("GET " + target + " HTTP/1.1\r\nhost: x\r\n\r\n");
      var head = raw.head();

      assertThat(head).startsWith("HTTP/1.1 200 ");
      assertThat(Pictures.text(raw.body(RawClient.length(head)))).isEqualTo(text);
    }
  }

  @Property(tries = 1000)
  void a_query_is_read_as_it_was_encoded(@ForAll("texts") String text) {
    var options = new QueryReader().read("size=1&data=" + URLEncoder.encode(text, UTF_8), 0);

    assertThat(options.payload()).isEqualTo(new Payload.Text(text));
  }

  @Property(tries = 1000)
  void no_query_makes_the_service_fail(@ForAll("queries") String query) throws Exception {
    assertThat(status("GET /?" + query + " HTTP/1.1\r\nhost: x\r\n\r\n")).isIn(200, 400);
  }

  @Property(tries = 1000)
  void no_body_makes_the_service_fail(
      @ForAll("paths") String path, @ForAll("types") String type, @ForAll("bodies") String body)
      throws Exception {
    assertThat(
            status(
                "POST %s HTTP/1.1\r\nhost: x\r\ncontent-type: %s\r\ncontent-length: %d\r\n\r\n%s"
                    .formatted(path, type, body.length(), body)))
        .isIn(200, 400, 415);
  }

  private static int status(String request) throws IOException {
    try (var raw = new RawClient(qr.port())) {
      raw.send(request);
      return Integer.parseInt(raw.head().substring(9, 12));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMinSize(1)
        .ofMaxSize(200)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
  }

  /** Options with values that are nearly right, and characters from everywhere in between. */
  @Provide
  Arbitrary<String> queries() {
    var names = Arbitraries.of(Option.values()).flatMap(option -> Arbitraries.of(option.names()));
    var values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "1",
                "0",
                "300",
                "2x3",
                "H",
                "true",
                "red",
                "svg",
                "txt",
                "png",
                "",
                "-1",
                "%41",
                "40",
                "16",
                "4",
                "300x300",
                "qr",
                "utf-8",
                "10000",
                "text",
                "%F0%9F%99%82",
                "a"),
            Arbitraries.strings().withCharRange('!', '~').ofMaxLength(8));
    var pairs =
        Combinators.combine(names, values)
            .as((name, value) -> name + "=" + value)
            .list()
            .ofMaxSize(5)
            .map(all -> "data=ciao&" + String.join("&", all));
    var garbage = Arbitraries.strings().withCharRange('!', '\u00ff').ofMaxLength(60);
    // A picture of 10,000 x 10,000 is right, only slow.
    return Arbitraries.oneOf(pairs, garbage).map(query -> query.replace("10000", "1000"));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("/", "/batch", "/?size=100", "/batch?format=svg", "/?%", "/batch?data=a");
  }

  @Provide
  Arbitrary<String> types() {
    return Arbitraries.of(
        "application/json",
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "x");
  }

  @Provide
  Arbitrary<String> bodies() {
    var pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"data\"",
            "\"codes\"",
            ":",
            ",",
            "\"a\"",
            "1",
            "null",
            "true",
            "\"size\"",
            "\"color\"",
            "\"name\"",
            "\"\\ud83d\"",
            "1e999",
            "-",
            "\n",
            "data=",
            "%");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(20).map(list -> String.join("", list)),
        pieces.list().ofMaxSize(8).map(list -> "{\"data\":\"x\"," + String.join("", list) + "}"),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(80)
            .map(bytes -> new String(bytes, ISO_8859_1)));
  }
}
