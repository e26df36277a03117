package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What breaks HTTP, sent raw: from the RFCs' "must not" and the known ways to smuggle. Each kind
 * has a second request behind it, which is what an attacker wants the service to see.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedRequestsTest {
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

  private Backend backend = open();
  private Shop shop = Shop.closed();

  private static Backend open() {
    try {
      return Backend.saying("hello");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  void start() throws Exception {
    shop = Shop.of(backend);
  }

  @AfterAll
  void stop() throws Exception {
    shop.close();
    backend.close();
  }

  static Stream<Arguments> kinds() {
    List<Arguments> all = new ArrayList<>();
    kind(
        all,
        "both lengths",
        400,
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    kind(
        all,
        "both lengths, the other way",
        400,
        post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"));
    kind(
        all,
        "two lengths that differ",
        400,
        post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"));
    kind(
        all,
        "two lengths that are the same",
        400,
        post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"));
    kind(all, "a list of lengths", 400, post("Content-Length: 5, 5\r\n", "hello"));
    kind(all, "a length with a plus", 400, post("Content-Length: +5\r\n", "hello"));
    kind(all, "a negative length", 400, post("Content-Length: -5\r\n", "hello"));
    kind(all, "a length with a space", 400, post("Content-Length: 1 0\r\n", "hello"));
    kind(all, "a hexadecimal length", 400, post("Content-Length: 0x5\r\n", "hello"));
    kind(all, "a length with a point", 400, post("Content-Length: 5.0\r\n", "hello"));
    kind(all, "an empty length", 400, post("Content-Length:\r\n", "hello"));
    kind(
        all,
        "a length that overflows",
        400,
        post("Content-Length: 18446744073709551621\r\n", "hello"));
    kind(all, "a length with a letter", 400, post("Content-Length: 5a\r\n", "hello"));
    kind(
        all,
        "a length with an underscore for its hyphen",
        400,
        post("Content_Length: 5\r\n", "hello"));
    kind(
        all,
        "a coding with an underscore for its hyphen",
        400,
        post("Transfer_Encoding: chunked\r\n", "0\r\n\r\n"));
    kind(all, "X_Forwarded_For", 400, get("X_Forwarded_For: 1.2.3.4\r\n"));
    kind(all, "an unknown coding", 501, post("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"));
    kind(all, "chunked after gzip", 501, post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked before identity",
        501,
        post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked twice in one field",
        501,
        post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked in two fields",
        400,
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked, then another coding",
        400,
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n"));
    kind(all, "xchunked", 501, post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"));
    kind(all, "chunked in quotes", 501, post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked with a vertical tab",
        400,
        post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"));
    kind(
        all,
        "chunked with a parameter",
        501,
        post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"));
    kind(all, "an empty coding", 501, post("Transfer-Encoding:\r\n", "0\r\n\r\n"));
    kind(
        all,
        "a coding in HTTP/1.0",
        400,
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    kind(all, "a space before the colon", 400, post("Content-Length : 5\r\n", "hello"));
    kind(all, "a tab before the colon", 400, post("Content-Length\t: 5\r\n", "hello"));
    kind(
        all,
        "a space before the coding's colon",
        400,
        post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"));
    kind(all, "a folded field", 400, get("X-A: b\r\n c\r\n"));
    kind(all, "a folded coding", 400, post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"));
    kind(all, "a first field that begins with a space", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
    kind(all, "a field without a colon", 400, get("nonsense\r\n"));
    kind(all, "a field without a name", 400, get(": value\r\n"));
    kind(all, "a NUL in a name", 400, get("X\u0000A: b\r\n"));
    kind(all, "a NUL in a value", 400, get("X-A: b\u0000c\r\n"));
    kind(all, "a control character in a value", 400, get("X-A: b\u0001c\r\n"));
    kind(all, "a DEL in a value", 400, get("X-A: b\u007fc\r\n"));
    kind(all, "an umlaut in a name", 400, get("X-\u00e4: b\r\n"));
    kind(all, "a brace in a name", 400, get("X{}: b\r\n"));
    kind(all, "a bare LF after the request line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n");
    kind(all, "a bare LF after a field", 400, "GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n");
    kind(all, "a bare LF for the empty line", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n");
    kind(all, "only bare LFs", 400, "GET / HTTP/1.1\nHost: a\n\n");
    kind(all, "a bare CR in a value", 400, get("X-A: b\rc\r\n"));
    kind(all, "a bare CR after the request line", 400, "GET / HTTP/1.1\rHost: a\r\n\r\n");
    kind(all, "two CRs before an LF", 400, "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n");
    kind(all, "no Host", 400, "GET / HTTP/1.1\r\nX-A: b\r\n\r\n");
    kind(all, "no field at all", 400, "GET / HTTP/1.1\r\n\r\n");
    kind(all, "two Hosts", 400, get("Host: b\r\n"));
    kind(all, "two Hosts that are the same", 400, get("Host: a\r\n"));
    kind(all, "an empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n");
    kind(all, "a Host with a user", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n");
    kind(all, "a Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
    kind(all, "a list of Hosts", 400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
    kind(all, "a target with a user", 400, "GET http://a@b/ HTTP/1.1\r\nHost: b\r\n\r\n");
    kind(all, "a target without a host", 400, "GET http:///x HTTP/1.1\r\nHost: b\r\n\r\n");
    kind(all, "a target of another scheme", 400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a target without a slash", 400, "GET x HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a star for GET", 400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a fragment", 400, "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a backslash in the target", 400, "GET /\\..\\x HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "an umlaut in the target", 400, "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a NUL in the target", 400, "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a space in the target", 400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a tab in the request line", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "two spaces in the request line", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "no target", 400, "GET HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "no version", 400, "GET /\r\nHost: a\r\n\r\n");
    kind(all, "a space after the version", 400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n");
    kind(all, "another protocol", 400, "GET / ICAP/1.0\r\nHost: a\r\n\r\n");
    kind(all, "a version in small letters", 400, "GET / http/1.1\r\nHost: a\r\n\r\n");
    kind(all, "HTTP/2.0", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
    kind(all, "HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n");
    kind(all, "HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n");
    kind(all, "HTTP/0.9", 505, "GET / HTTP/0.9\r\nHost: a\r\n\r\n");
    kind(all, "a method in small letters", 400, "get / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a method with a slash", 400, "GE/T / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a method that never ends", 400, "A".repeat(200) + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(all, "a space before the method", 400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(
        all,
        "two empty lines before the request",
        400,
        "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(
        all,
        "a TLS hello",
        400,
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
    kind(all, "CONNECT", 405, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n");
    kind(all, "TRACE", 405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");
    kind(
        all,
        "an unknown expectation",
        417,
        post("Expect: 200-ok\r\nContent-Length: 5\r\n", "hello"));
    kind(all, "a chunk without a size", 400, chunked("\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk whose size is no number", 400, chunked("z\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a sign", 400, chunked("+5\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with 0x", 400, chunked("0x5\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a space before its size", 400, chunked(" 5\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a space after its size", 400, chunked("5 \r\nhello\r\n0\r\n\r\n"));
    kind(
        all,
        "a chunk whose size overflows",
        400,
        chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a bare LF after its size", 400, chunked("5\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a bare CR after its size", 400, chunked("5\rhello\r\n0\r\n\r\n"));
    kind(all, "a chunk with a bare LF in its extension", 400, chunked("5;a\nhello\r\n0\r\n\r\n"));
    kind(
        all, "a chunk with a NUL in its extension", 400, chunked("5;\u0000\r\nhello\r\n0\r\n\r\n"));
    kind(
        all,
        "a chunk with an endless extension",
        400,
        chunked(
            "5;"
                + "a".repeat(15_000)
                + "\r\nhello\r\n5;"
                + "a".repeat(900)
                + ";"
                + "b".repeat(600)));
    kind(all, "a chunk that is longer than its size", 400, chunked("4\r\nhello\r\n0\r\n\r\n"));
    kind(all, "a chunk that ends with a bare LF", 400, chunked("5\r\nhello\n0\r\n\r\n"));
    kind(all, "a chunk that ends with two CRs", 400, chunked("5\r\nhello\r\r\n0\r\n\r\n"));
    kind(all, "a chunked body that ends with a bare LF", 400, chunked("5\r\nhello\r\n0\r\n\n"));
    kind(all, "a trailer without a colon", 400, chunked("0\r\nnonsense\r\n\r\n"));
    kind(all, "a folded trailer", 400, chunked("0\r\nX-A: b\r\n c\r\n\r\n"));
    kind(all, "a trailer with a length", 400, chunked("0\r\nContent-Length: 5\r\n\r\n"));
    kind(all, "a trailer with a coding", 400, chunked("0\r\ntransfer_encoding: chunked\r\n\r\n"));
    kind(all, "a trailer with a Host", 400, chunked("0\r\nHost: b\r\n\r\n"));
    kind(all, "a trailer with a NUL", 400, chunked("0\r\nX-A: \u0000\r\n\r\n"));
    kind(all, "a path above the root", 400, line("/../x"));
    kind(all, "an encoded path above the root", 400, line("/a/%2e%2E/%2e./x"));
    kind(all, "dots before an encoded slash", 400, line("/a/..%2fb"));
    kind(all, "dots after an encoded slash", 400, line("/a/b%2F..%2fc"));
    kind(all, "dots before an encoded backslash", 400, line("/a/..%5Cb"));
    kind(all, "dots before a semicolon", 400, line("/a/..;/b"));
    kind(all, "encoded dots before a semicolon", 400, line("/a/%2e%2e;x=1/b"));
    kind(all, "an encoded NUL", 400, line("/a%00"));
    kind(all, "a percent sign without digits", 400, line("/a%zz"));
    kind(all, "a percent sign at the end", 400, line("/a%4"));
    return all.stream();
  }

  private static String get(String fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  }

  private static String line(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static String post(String fields, String body) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }

  private static void kind(List<Arguments> all, String name, int status, String request) {
    all.add(Arguments.of(name, status, request));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void it_is_refused_and_no_service_sees_it(String name, int status, String request)
      throws Exception {
    int before = backend.seen.size();

    try (RawClient client = shop.client()) {
      client.send((request + SMUGGLED).getBytes(ISO_8859_1));
      RawClient.Answer answer = client.answer();

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"status\":" + status);
      assertThat(client.rest()).as("after the refusal").isEmpty();
    }
    assertThat(shop.get("/alive").status()).as("it goes on").isEqualTo(200);
    assertThat(backend.seen.subList(before, backend.seen.size()))
        .as("what the service saw")
        .singleElement()
        .satisfies(seen -> assertThat(seen.line()).isEqualTo("GET /alive HTTP/1.1"));
  }

  @Test
  void it_outlives_random_bytes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] begins = {"", "GET / HTTP/1.1\r\nHost: a\r\n", chunked(""), post("", ""), get("")};
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[1 + random.nextInt(3000)];
      random.nextBytes(bytes);
      try (RawClient client = shop.client()) {
        client.send(begins[i % begins.length]).send(bytes);
      } catch (IOException refused) {
        // and the connection closed, before all was sent
      }
    }
    assertThat(shop.get("/alive").status()).as("seed " + seed).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void it_is_refused_the_same_when_it_comes_in_pieces(String name, int status, String request)
      throws Exception {
    try (RawClient client = shop.client()) {
      byte[] bytes = request.getBytes(ISO_8859_1);
      int piece = Math.max(1, bytes.length / 3);
      for (int at = 0; at < bytes.length; at += piece) {
        try {
          client.send(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
        } catch (IOException refusedAlready) {
          break;
        }
      }
      assertThat(client.answer().status()).isEqualTo(status);
    }
    assertThat(backend.seen).noneMatch(seen -> seen.line().contains("smuggled"));
  }
}
