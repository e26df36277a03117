package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What reads bytes from strangers, under bytes from strangers. */
class ParserProperties {
  private static final int MOST_BYTES = 4096;
  private final byte[] scratch = new byte[ResponseHead.MAX_BYTES];

  /** What came of reading a head: where it ended and what it said, or how it was refused. */
  private record Reading(Optional<String> refusal, int taken, String said) {}

  private Reading read(Head head, byte[] bytes, List<Integer> cuts) {
    HeadReader reader = new HeadReader();
    int at = 0;
    int taken = 0;
    try {
      for (int i = 0; i <= cuts.size(); i++) {
        int to = i == cuts.size() ? bytes.length : cuts.get(i);
        ByteBuf piece = Unpooled.wrappedBuffer(bytes, at, to - at);
        if (piece.isReadable() && reader.read(piece, head, scratch)) {
          return new Reading(Optional.empty(), taken + piece.readerIndex(), say(head));
        }
        taken += to - at;
        at = to;
      }
      return new Reading(Optional.empty(), -1, "");
    } catch (BadMessage e) {
      return new Reading(Optional.of(e.status() + " " + e.getMessage()), 0, "");
    }
  }

  private static String say(Head head) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < head.count; i++) {
      all.append(head.ids[i])
          .append(Bytes.text(head.bytes, head.nameFrom[i], head.nameTo[i]))
          .append('=')
          .append(Bytes.text(head.bytes, head.valueFrom[i], head.valueTo[i]))
          .append('\n');
    }
    return all
        + " "
        + head.contentLength
        + head.chunked
        + head.http10
        + head.saysClose
        + (head instanceof RequestHead r
            ? r.method
                + Bytes.text(r.bytes, r.pathFrom, r.pathTo)
                + Bytes.text(r.bytes, r.hostFrom, r.hostTo)
                + r.isPlain
            : "");
  }

  private static RequestHead requestHead() {
    return new RequestHead(MOST_BYTES, 20);
  }

  @Provide
  Arbitrary<String> requests() {
    Arbitrary<String> method = Arbitraries.of("GET", "POST", "HEAD", "M-SEARCH", "get", "G T", "");
    Arbitrary<String> target =
        Arbitraries.of("/", "/a/b?c=d", "*", "http://h:1/x", "http://h", "/%41/./..", "//x", "x");
    Arbitrary<String> version = Arbitraries.of("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.", "");
    Arbitrary<String> end = Arbitraries.of("\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n");
    Arbitrary<String> line =
        Combinators.combine(
                Arbitraries.of(
                    "Host: a",
                    "Host: b:80",
                    "Content-Length: 5",
                    "Content-Length: x",
                    "Transfer-Encoding: chunked",
                    "Connection: close, X-A",
                    "X-A:   b \t ",
                    "X-Long: " + "v".repeat(300),
                    "X-B:",
                    "Bad Name: c",
                    " folded",
                    "X-C: \u0001",
                    "Expect: 100-continue"),
                end)
            .as((a, b) -> a + b);
    Arbitrary<String> fields = line.list().ofMaxSize(25).map(l -> String.join("", l));
    return Combinators.combine(
            Arbitraries.of("", "", "\r\n", "\n"), method, target, version, end, fields, end)
        .as((lead, m, t, v, e, f, last) -> lead + m + " " + t + " " + v + e + f + last);
  }

  @Property(tries = 300)
  void a_request_reads_the_same_wherever_it_is_cut(
      @ForAll("requests") String request, @ForAll("behind") String behind) {
    // with an end: what is wrong in a line that never ends may be told when the time is over
    byte[] bytes = (request + behind + "\r\n\r\n").getBytes(ISO_8859_1);
    Reading whole = read(requestHead(), bytes, List.of());
    int from = Math.max(1, bytes.length - 150);
    for (int cut = 1; cut < bytes.length; cut++) {
      if (cut < 150 || cut > from) {
        assertThat(read(requestHead(), bytes, List.of(cut))).as("cut at " + cut).isEqualTo(whole);
      }
    }
    List<Integer> everywhere = new ArrayList<>();
    for (int cut = 1; cut < bytes.length; cut++) {
      everywhere.add(cut);
    }
    assertThat(read(requestHead(), bytes, everywhere)).as("byte by byte").isEqualTo(whole);
  }

  @Provide
  Arbitrary<String> behind() {
    return Arbitraries.of("", "hello", "GET / HTTP/1.1\r\n", "\r\n\r\n", "\u0000");
  }

  @Property(tries = 1000)
  void a_response_reads_the_same_wherever_it_is_cut(@ForAll("responses") String response) {
    byte[] bytes = response.getBytes(ISO_8859_1);
    Reading whole = read(new ResponseHead(), bytes, List.of());
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(read(new ResponseHead(), bytes, List.of(cut)))
          .as("cut at " + cut)
          .isEqualTo(whole);
    }
  }

  @Provide
  Arbitrary<String> responses() {
    return Combinators.combine(
            Arbitraries.of(
                "HTTP/1.1 200 OK", "HTTP/1.0 404", "HTTP/1.1 99 X", "HTTP/1.1 2000 X", "200"),
            Arbitraries.of("\r\n", "\r\n", "\n"),
            Arbitraries.of(
                    "Content-Length: 3\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Date: today\r\n",
                    "X: y\r\n",
                    "broken\r\n")
                .list()
                .ofMaxSize(4))
        .as((line, end, fields) -> line + end + String.join("", fields) + "\r\nabc");
  }

  @Property(tries = 3000)
  void random_bytes_are_refused_or_wanted_more_of_and_nothing_else(@ForAll byte[] bytes) {
    read(requestHead(), bytes, List.of());
    read(new ResponseHead(), bytes, List.of());
    pass(chunked(), bytes, List.of());
    byte[] withStart = concat("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(ISO_8859_1), bytes);
    read(requestHead(), withStart, List.of(withStart.length / 2));
  }

  @Property(tries = 1000)
  void a_random_path_is_refused_or_comes_out_without_dots_and_stays_as_it_is(
      @ForAll("paths") String path) throws BadMessage {
    RequestPath first = new RequestPath();
    try {
      first.of(headFor(path));
    } catch (BadMessage e) {
      return;
    }
    String normal = first.toString();
    assertThat(normal).startsWith("/").doesNotStartWith("//");
    assertThat((normal + "/").split("/", -1)).doesNotContain(".", "..");
    RequestPath second = new RequestPath();
    second.of(headFor(normal));
    assertThat(second.toString()).as("normal form of the normal form").isEqualTo(normal);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "/", "/", "/", ".", "..", "a", "%2e", "%2E", "%2f", "%2F", "%5c", ";", "%41", "%",
            "%7e", "b")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(parts -> "/" + String.join("", parts));
  }

  private static RequestHead headFor(String path) throws BadMessage {
    RequestHead head = requestHead();
    byte[] bytes = ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(ISO_8859_1);
    assertThat(head.parse(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    return head;
  }

  private static Body chunked() {
    Body body = new Body();
    body.chunked();
    return body;
  }

  private static String pass(Body body, byte[] bytes, List<Integer> cuts) {
    int at = 0;
    try {
      for (int i = 0; i <= cuts.size(); i++) {
        int to = i == cuts.size() ? bytes.length : cuts.get(i);
        ByteBuf piece = Unpooled.wrappedBuffer(bytes, at, to - at);
        body.pass(piece);
        if (body.isDone()) {
          return "done at " + (at + piece.readerIndex()) + ", " + body.passed();
        }
        at = to;
      }
      return "not done, " + body.passed();
    } catch (BadMessage e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Property(tries = 1000)
  void a_chunked_body_ends_at_the_same_byte_wherever_it_is_cut(@ForAll("bodies") String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    String whole = pass(chunked(), bytes, List.of());
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(pass(chunked(), bytes, List.of(cut))).as("cut at " + cut).isEqualTo(whole);
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of(
            "5\r\nhello\r\n",
            "1;a=b\r\nx\r\n",
            "0a\r\n0123456789\r\n",
            "5\nhello\r\n",
            "3\r\nabcd\r\n")
        .list()
        .ofMaxSize(5)
        .map(chunks -> String.join("", chunks) + "0\r\nX-T: v\r\n\r\nGET /");
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
