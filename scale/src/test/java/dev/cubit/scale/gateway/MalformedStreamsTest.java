package dev.cubit.scale.gateway;

import static dev.cubit.scale.gateway.Http2RawClient.head;
import static dev.cubit.scale.gateway.Http2RawClient.literals;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.Route;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no HTTP/2, or would be something else as HTTP/1.1: no byte of it reaches a service. */
@Timeout(60)
class MalformedStreamsTest {
  private final Shop shop = Shop.closed();
  private Backend backend = backend();

  private static Backend backend() {
    try {
      return Backend.saying("hello");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void open() throws Exception {
    shop.service("shop", Route.to("/")).open().admit("shop", backend);
  }

  @AfterEach
  void close() throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      assertThat(client.answer(client.get("/after")).body()).isEqualTo("hello");
    }
    assertThat(backend.seen).as("what reached the service").hasSize(1);
    await().until(() -> shop.gateway().statistics().clients() == 0);
    shop.close();
    backend.close();
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        Arguments.of("CR LF in a value", head("GET", "/", "x", "a\r\nx-injected: b")),
        Arguments.of("LF in a value", head("GET", "/", "x", "a\nb")),
        Arguments.of("NUL in a value", head("GET", "/", "x", "a\0b")),
        Arguments.of("DEL in a value", head("GET", "/", "x", "a\u007fb")),
        Arguments.of("blank before a value", head("GET", "/", "x", " a")),
        Arguments.of("blank behind a value", head("GET", "/", "x", "a ")),
        Arguments.of("space in a name", head("GET", "/", "x y", "a")),
        Arguments.of("colon in a name", head("GET", "/", "x:y", "a")),
        Arguments.of("CR LF in a name", head("GET", "/", "x\r\ny", "a")),
        Arguments.of("capitals in a name", head("GET", "/", "X-Own", "a")),
        Arguments.of("empty name", head("GET", "/", "", "a")),
        Arguments.of("byte beyond ASCII in a name", head("GET", "/", "x\u00e9", "a")),
        Arguments.of("connection", head("GET", "/", "connection", "keep-alive")),
        Arguments.of("keep-alive", head("GET", "/", "keep-alive", "timeout=5")),
        Arguments.of("proxy-connection", head("GET", "/", "proxy-connection", "close")),
        Arguments.of("upgrade", head("GET", "/", "upgrade", "websocket")),
        Arguments.of("transfer-encoding", head("POST", "/", "transfer-encoding", "chunked")),
        Arguments.of("transfer_encoding", head("POST", "/", "transfer_encoding", "chunked")),
        Arguments.of("content_length", head("POST", "/", "content_length", "5")),
        Arguments.of("te", head("GET", "/", "te", "gzip")),
        Arguments.of(
            "two lengths", head("POST", "/", "content-length", "0", "content-length", "1")),
        Arguments.of("negative length", head("POST", "/", "content-length", "-1")),
        Arguments.of("length with sign", head("POST", "/", "content-length", "+0")),
        Arguments.of("length in hexadecimal", head("POST", "/", "content-length", "0x0")),
        Arguments.of("length of 19 digits", head("POST", "/", "content-length", "9".repeat(19))),
        Arguments.of("empty length", head("POST", "/", "content-length", "")),
        Arguments.of("length without DATA", head("POST", "/", "content-length", "5")),
        Arguments.of("host that differs", head("GET", "/", "host", "evil.example")),
        Arguments.of("space in :path", head("GET", "/a HTTP/1.1\r\nx: y")),
        Arguments.of("blank in :path", head("GET", "/a b")),
        Arguments.of("CR LF in :path", head("GET", "/a\r\n")),
        Arguments.of(":path without a slash", head("GET", "a")),
        Arguments.of(":path as URL", head("GET", "http://evil.example/")),
        Arguments.of("empty :path", head("GET", "")),
        Arguments.of("byte beyond ASCII in :path", head("GET", "/\u00e9")),
        Arguments.of("space in :method", head("GET /x HTTP/1.1\r\nHost: b\r\n\r\nGET", "/")),
        Arguments.of("blank in :method", head("GE T", "/")),
        Arguments.of("empty :method", head("", "/")),
        Arguments.of(
            "CR LF in :authority",
            new String[] {
              ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a\r\nx: y"
            }),
        Arguments.of(
            "no :method", new String[] {":scheme", "http", ":path", "/", ":authority", "a"}),
        Arguments.of(
            "no :path", new String[] {":method", "GET", ":scheme", "http", ":authority", "a"}),
        Arguments.of(
            "no :scheme", new String[] {":method", "GET", ":path", "/", ":authority", "a"}),
        Arguments.of("two :path", head("GET", "/", ":path", "/b")),
        Arguments.of("unknown pseudo-header", head("GET", "/", ":own", "b")),
        Arguments.of(":status in a request", head("GET", "/", ":status", "200")),
        Arguments.of(":protocol", head("GET", "/", ":protocol", "websocket")),
        Arguments.of(
            "pseudo-header behind a field",
            new String[] {
              ":method", "GET", ":scheme", "http", "x", "y", ":path", "/", ":authority", "a"
            }),
        Arguments.of(
            "CONNECT with :path",
            new String[] {
              ":method", "CONNECT", ":scheme", "http", ":path", "/", ":authority", "a"
            }));
  }

  /** Reset, or refused by an answer, or the connection ends; all else goes on. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void a_request_is_malformed_with(String what, String[] fields) throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      client.frame(Http2RawClient.HEADERS, 5, 1, literals(fields));
      Http2RawClient.Answer answer = client.answer(1);
      assertThat(answer.reset() > 0 || answer.status().startsWith("4"))
          .as(what + ": " + answer)
          .isTrue();
    } catch (IOException ended) {
      assertThat(ended).hasMessageContaining("GOAWAY");
    }
  }

  static Stream<Arguments> hosts() {
    return Stream.of(
        Arguments.of("user in :authority", "user@a"),
        Arguments.of("slash in :authority", "a/b"),
        Arguments.of("empty :authority", ""),
        Arguments.of("blank in :authority", "a b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hosts")
  void a_host_is_refused_with(String what, String host) throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      client.frame(
          Http2RawClient.HEADERS,
          5,
          1,
          literals(":method", "GET", ":scheme", "http", ":path", "/", ":authority", host));
      Http2RawClient.Answer answer = client.answer(1);
      assertThat(answer.status().equals("400") || answer.reset() > 0).as(what).isTrue();
    }
  }

  @Test
  void a_body_longer_or_shorter_than_it_says_never_is_a_whole_request() throws Exception {
    for (int n : new int[] {0, 4, 6, 60}) {
      try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
        int stream = client.request(false, head("POST", "/", "content-length", "5"));
        client.frame(
            Http2RawClient.DATA,
            1,
            stream,
            "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
                .repeat(2)
                .substring(0, n)
                .getBytes(ISO_8859_1));
        assertThat(client.answer(stream).reset()).as(n + " bytes").isPositive();
      }
    }
  }

  @Test
  void a_chunk_in_data_is_content() throws Exception {
    backend.seen.add(new Backend.Seen("", "", 0)); // so that the count below holds
    backend.seen.clear();
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      int stream = client.request(false, head("POST", "/chunk"));
      byte[] smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);
      client.frame(Http2RawClient.DATA, 1, stream, smuggled);
      assertThat(client.answer(stream).body()).isEqualTo("hello");
      assertThat(backend.seen).hasSize(1);
      assertThat(backend.seen.getFirst().body())
          .startsWith(Integer.toHexString(smuggled.length) + "\r\n0\r\n\r\nGET /smuggled");
    }
    backend.seen.clear();
  }

  static Stream<Arguments> frames() {
    return Stream.of(
        Arguments.of("DATA on stream 0", "000001 00 00 00000000 00"),
        Arguments.of("HEADERS on stream 0", "000001 01 05 00000000 82"),
        Arguments.of("HEADERS on an even stream", "000001 01 05 00000002 82"),
        Arguments.of("DATA on an idle stream", "000001 00 00 00000005 00"),
        Arguments.of("SETTINGS on a stream", "000000 04 00 00000001"),
        Arguments.of("SETTINGS of five bytes", "000005 04 00 00000000 0001000000"),
        Arguments.of("SETTINGS ACK with content", "000006 04 01 00000000 000300000064"),
        Arguments.of("a window beyond 2^31-1", "000006 04 00 00000000 0004ffffffff"),
        Arguments.of("a frame size of 1", "000006 04 00 00000000 000500000001"),
        Arguments.of("ENABLE_PUSH of 2", "000006 04 00 00000000 000200000002"),
        Arguments.of("PING of seven bytes", "000007 06 00 00000000 00000000000000"),
        Arguments.of("PING on a stream", "000008 06 00 00000001 0000000000000000"),
        Arguments.of("WINDOW_UPDATE of 0", "000004 08 00 00000000 00000000"),
        Arguments.of("WINDOW_UPDATE of three bytes", "000003 08 00 00000000 000000"),
        Arguments.of("WINDOW_UPDATE beyond 2^31-1", "000004 08 00 00000000 7fffffff"),
        Arguments.of("GOAWAY on a stream", "000008 07 00 00000001 0000000000000000"),
        Arguments.of("PUSH_PROMISE", "000005 05 04 00000001 0000000282"),
        Arguments.of("CONTINUATION alone", "000001 09 04 00000001 82"),
        Arguments.of("RST_STREAM on an idle stream", "000004 03 00 00000007 00000008"),
        Arguments.of("RST_STREAM of three bytes", "000003 03 00 00000001 000000"),
        Arguments.of("a frame beyond 16 KiB", "ffffff 00 00 00000001 00"),
        Arguments.of("padding longer than the frame", "000002 01 0d 00000001 ff82"),
        Arguments.of("HPACK index 0", "000001 01 05 00000001 80"),
        Arguments.of("HPACK index that is not there", "000002 01 05 00000001 ff7f"),
        Arguments.of("HPACK integer without end", "00000a 01 05 00000001 ffffffffffffffffffff"),
        Arguments.of("HPACK string longer than the block", "000003 01 05 00000001 007f61"),
        Arguments.of("HPACK Huffman code with EOS", "000006 01 05 00000001 0084ffffffff"),
        Arguments.of("HPACK table beyond its bound", "000004 01 05 00000001 3fe1ff03"),
        Arguments.of(
            "a frame between HEADERS and CONTINUATION",
            "000001 01 01 00000001 82 000008 06 00 00000000 0000000000000000"),
        Arguments.of("HTTP/1.1 in the middle", "474554202f20485454502f312e310d0a"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void a_frame_that_is_none_ends_the_connection_alone(String what, String hex) throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      client.send(Http2RawClient.hex(hex));
      client.socket.shutdownOutput();
      client.ending();
    }
  }

  @Test
  void a_preface_that_goes_wrong_ends_the_connection() throws Exception {
    for (String preface : new String[] {"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", "PRI / HTTP/1.1\r\n"}) {
      try (RawClient client = shop.client()) {
        client.send(preface + "hello hello hello hello");
        client.rest();
      }
    }
  }

  @Test
  void noise_does_no_harm() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        if (i % 2 == 0) {
          client.frame(random.nextInt(10), random.nextInt(256), random.nextInt(4), noise);
        } else {
          client.send(noise);
        }
      } catch (IOException ended) {
        // as it may
      }
    }
  }

  @Test
  void streams_that_are_reset_at_once_end_the_connection() throws Exception {
    Backend slow = backend;
    slow.answer((request, talk) -> true);
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      int error = -2;
      try {
        for (int i = 0; i < 2_000; i++) {
          int stream = client.get("/");
          client.frame(
              Http2RawClient.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
        }
        error = client.ending();
      } catch (IOException ended) {
        error = 11;
      }
      assertThat(error).isIn(-1, 11); // ENHANCE_YOUR_CALM
    }
    slow.answer(
        (request, talk) -> {
          talk.say(Backend.ok("hello"));
          return true;
        });
    await().until(() -> shop.counts().inFlight() == 0);
    backend.seen.clear();
  }

  @Test
  void empty_frames_without_end_end_the_connection() throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      int stream = client.request(false, head("POST", "/"));
      for (int i = 0; i < 100; i++) {
        client.frame(Http2RawClient.DATA, 0, stream);
      }
      assertThat(client.ending()).isIn(-1, 11);
    } catch (IOException ended) {
      // as it may, while it is sent to
    }
    backend.seen.clear();
  }

  @Test
  void heads_without_end_end_the_connection() throws Exception {
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      client.frame(Http2RawClient.HEADERS, 0, 1, literals(head("GET", "/")));
      for (int i = 0; i < 10_000; i++) {
        client.frame(Http2RawClient.CONTINUATION, 0, 1, literals("x", "y".repeat(100)));
      }
      assertThat(client.ending()).isNotZero();
    } catch (IOException ended) {
      // as it may, while it is sent to
    }
  }

  @Test
  void more_streams_than_allowed_are_refused_alone() throws Exception {
    backend.answer(
        (request, talk) -> {
          Thread.sleep(300);
          talk.say(Backend.ok("hello"));
          return true;
        });
    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      int last = 0;
      for (int i = 0; i < 140; i++) {
        last = client.get("/");
      }
      assertThat(client.answer(last).reset()).isEqualTo(7); // REFUSED_STREAM
    }
    await().until(() -> shop.counts().inFlight() == 0);
    backend.answer(
        (request, talk) -> {
          talk.say(Backend.ok("hello"));
          return true;
        });
    backend.seen.clear();
  }
}
