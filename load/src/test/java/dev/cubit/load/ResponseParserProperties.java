package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What the parser reads is the same however the bytes are cut, and nothing makes it hang or burst.
 */
final class ResponseParserProperties {
  /** A response as text, and what is to be read from it. */
  record Sample(String text, int status, int bodyLength, boolean closes) {}

  @Property(tries = 2000)
  void however_the_bytes_are_cut_the_same_is_read(
      @ForAll("responses") Sample sample,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 40) Integer> cuts)
      throws ProtocolException {
    ResponseParser parser = new ResponseParser();
    for (int round = 0; round < 3; round++) { // from the second on, the head is remembered
      parser.begin(false);
      byte[] bytes = sample.text().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Feed.cut(parser, bytes, cuts)).isEqualTo(bytes.length);
      assertThat(parser.done()).isTrue();
      assertThat(parser.status()).isEqualTo(sample.status());
      assertThat(parser.bodyBytes()).isEqualTo(sample.bodyLength());
      assertThat(parser.closes()).isEqualTo(sample.closes());
    }
  }

  @Property(tries = 2000)
  void two_responses_glued_together_are_read_one_after_the_other(
      @ForAll("responses") Sample first, @ForAll("responses") Sample second)
      throws ProtocolException {
    ResponseParser parser = new ResponseParser();
    byte[] bytes = (first.text() + second.text()).getBytes(StandardCharsets.ISO_8859_1);
    parser.begin(false);
    int used = Feed.whole(parser, bytes, 0);
    assertThat(used).isEqualTo(first.text().length());
    assertThat(parser.status()).isEqualTo(first.status());
    parser.begin(false);
    assertThat(Feed.whole(parser, bytes, used)).isEqualTo(bytes.length);
    assertThat(parser.status()).isEqualTo(second.status());
    assertThat(parser.bodyBytes()).isEqualTo(second.bodyLength());
  }

  @Property(tries = 5000)
  void no_bytes_of_a_stranger_do_more_than_a_protocol_error(@ForAll byte[] bytes) {
    assertThat(outcome(bytes)).isIn("error", "waits", "done");
  }

  @Property(tries = 5000)
  void a_damaged_response_does_no_more_than_a_protocol_error(
      @ForAll("responses") Sample sample, @ForAll int at, @ForAll byte damage) {
    byte[] bytes = sample.text().getBytes(StandardCharsets.ISO_8859_1);
    bytes[Math.floorMod(at, bytes.length)] = damage;
    assertThat(outcome(bytes)).isIn("error", "waits", "done");
  }

  private static String outcome(byte[] bytes) {
    ResponseParser parser = new ResponseParser();
    parser.begin(false);
    try {
      Feed.whole(parser, bytes, 0);
      return parser.done() ? "done" : "waits";
    } catch (ProtocolException e) {
      assertThat(e.sentence()).isNotBlank().hasSizeLessThan(200);
      return "error";
    }
  }

  @Provide
  Arbitrary<Sample> responses() {
    Arbitrary<Integer> statuses = Arbitraries.of(200, 200, 201, 204, 301, 304, 404, 500, 503, 599);
    Arbitrary<String> eols = Arbitraries.of("\r\n", "\r\n", "\r\n", "\n");
    Arbitrary<List<String>> others =
        Arbitraries.of(
                "Date: Mon, 23 Nov 2026 07:00:00 GMT",
                "Server: x",
                "Content-Type: text/plain",
                "X-Empty:",
                "Set-Cookie: a=b; Path=/",
                "Content-Lengthy: 7",
                "Connection-Id: close")
            .list()
            .ofMaxSize(5);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 300);
    Arbitrary<String> framings = Arbitraries.of("length", "length", "chunked", "list");
    Arbitrary<Boolean> closings = Arbitraries.of(true, false);
    return Combinators.combine(statuses, eols, others, lengths, framings, closings)
        .as(ResponseParserProperties::response);
  }

  private static Sample response(
      int status, String eol, List<String> others, int length, String framing, boolean closes) {
    boolean bodiless = status == 204 || status == 304;
    String body = "b\r\n\r\nHTTP/1.1 ".repeat(30).substring(0, length);
    String frame =
        switch (framing) {
          case "chunked" -> "transfer-encoding: chunked";
          case "list" -> "Content-Length: " + length + ", " + length;
          default -> "CONTENT-LENGTH:" + length;
        };
    String head =
        "HTTP/1.1 "
            + status
            + " Fine"
            + eol
            + others.stream().map(o -> o + eol).collect(Collectors.joining())
            + (closes ? "Connection: Close" + eol : "")
            + frame
            + eol
            + eol;
    String sent = bodiless ? "" : framing.equals("chunked") ? chunks(body) : body;
    return new Sample(head + sent, status, bodiless ? 0 : length, closes);
  }

  private static String chunks(String body) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < body.length(); from += 70) {
      String chunk = body.substring(from, Math.min(body.length(), from + 70));
      text.append(Integer.toHexString(chunk.length())).append(";ext=\"1\"\r\n");
      text.append(chunk).append("\r\n");
    }
    return text + "0\r\nTrailer: 1\r\n\r\n";
  }
}
