package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cubit.scale.topology.Route;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through, in both directions. */
class ForwardingTest {
  private Shop shop = Shop.closed();

  @AfterEach
  void close() {
    shop.close();
  }

  private Backend behind(Backend backend) throws Exception {
    shop = Shop.of(backend);
    return backend;
  }

  private static String get(String fields) {
    return "GET / HTTP/1.1\r\nHost: shop.example:81\r\n" + fields + "\r\n";
  }

  // ---- fields

  @Test
  void a_service_is_told_of_the_client() throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    shop.ask(get("X-Own: a\r\n"));

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("host")).isEqualTo("shop.example:81");
    assertThat(seen.field("x-own")).isEqualTo("a");
    assertThat(seen.field("x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(seen.field("x-forwarded-proto")).isEqualTo("http");
    assertThat(seen.field("x-forwarded-host")).isEqualTo("shop.example:81");
    assertThat(seen.field("forwarded"))
        .isEqualTo("for=127.0.0.1;proto=http;host=\"shop.example:81\"");
    assertThat(seen.field("via")).isEqualTo("1.1 cubit");
    assertThat(seen.field("x-request-id")).matches("[0-9a-f]{32}");
    assertThat(seen.field("traceparent"))
        .isEqualTo(
            "00-" + seen.field("x-request-id") + "-" + seen.field("traceparent").substring(36));
    assertThat(seen.field("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @Test
  void what_the_client_says_of_hops_before_stays_in_front() throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    shop.ask(
        get(
            "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2\r\nForwarded: for=3.3.3.3\r\n"
                + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nVia: 1.0 first\r\n"));

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("x-forwarded-for")).isEqualTo("1.1.1.1, 2.2.2.2, 127.0.0.1");
    assertThat(seen.field("forwarded")).startsWith("for=3.3.3.3, for=127.0.0.1;");
    assertThat(seen.field("x-forwarded-proto")).isEqualTo("http");
    assertThat(seen.field("x-forwarded-host")).isEqualTo("shop.example:81");
    assertThat(seen.field("via")).isEqualTo("1.0 first|1.1 cubit");
  }

  @Test
  void a_trace_and_a_request_id_that_have_begun_go_on() throws Exception {
    Backend backend = behind(Backend.saying("hello"));
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    shop.ask(get("traceparent: " + trace + "\r\ntracestate: a=b\r\nX-Request-Id: mine\r\n"));

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("traceparent")).isEqualTo(trace);
    assertThat(seen.field("tracestate")).isEqualTo("a=b");
    assertThat(seen.field("x-request-id")).isEqualTo("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "00-00000000000000000000000000000000-b7ad6b7169203331-00",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-00",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
      })
  void a_traceparent_that_is_none_begins_a_trace(String trace) throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    shop.ask(get("traceparent: " + trace + "\r\ntracestate: a=b\r\n"));

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("traceparent")).isNotEqualTo(trace).hasSize(55);
    assertThat(seen.field("tracestate")).isEmpty();
  }

  @Test
  void fields_of_one_hop_go_no_further() throws Exception {
    Backend backend =
        behind(
            Backend.answering(
                "HTTP/1.1 200 OK\r\n"
                    + "Connection: x-mine, keep-alive\r\n"
                    + "X-Mine: a\r\n"
                    + "X-Kept: b\r\n"
                    + "Keep-Alive: timeout=5\r\n"
                    + "Proxy-Connection: x\r\n"
                    + "Content-Length: 2\r\n\r\n"
                    + "hi"));

    RawClient.Answer answer =
        shop.ask(
            get(
                "Connection: X-Secret, keep-alive, TE\r\n"
                    + "X-Secret: a\r\n"
                    + "x-kept: b\r\n"
                    + "TE: trailers\r\n"
                    + "Keep-Alive: 5\r\n"
                    + "Proxy-Connection: keep-alive\r\n"
                    + "Proxy-Authorization: a\r\n"
                    + "Upgrade: h2c\r\n"
                    + "HTTP2-Settings: a\r\n"));

    Backend.Seen seen = backend.seen.getFirst();
    for (String gone :
        new String[] {
          "connection",
          "x-secret",
          "te",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "upgrade",
          "http2-settings"
        }) {
      assertThat(seen.field(gone)).as(gone).isEmpty();
    }
    assertThat(seen.field("x-kept")).isEqualTo("b");
    assertThat(answer.field("x-mine")).isEmpty();
    assertThat(answer.field("keep-alive")).isEmpty();
    assertThat(answer.field("proxy-connection")).isEmpty();
    assertThat(answer.field("connection")).isEmpty();
    assertThat(answer.field("x-kept")).isEqualTo("b");
    assertThat(answer.field("via")).isEqualTo("1.1 cubit");
    assertThat(answer.field("date")).endsWith(" GMT");
    assertThat(answer.body()).isEqualTo("hi");
  }

  @Test
  void a_client_cannot_wish_away_what_frames_or_names_a_request() throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    shop.ask(
        "POST / HTTP/1.1\r\nConnection: host, content-length, x-forwarded-for\r\nHost: a\r\n"
            + "Content-Length: 3\r\n\r\nabc");

    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("host")).isEqualTo("a");
    assertThat(seen.field("x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(seen.body()).isEqualTo("abc");
  }

  // ---- bodies

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 5_000, 20_000, 70_000, 3_000_000})
  void bodies_of_any_size_go_through_both_ways(int size) throws Exception {
    byte[] body = new byte[size];
    new Random(size).nextBytes(body);
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say(Backend.ok(request.body()));
              return true;
            }));
    HttpClient client = HttpClient.newHttpClient();
    for (boolean chunked : new boolean[] {false, true}) {
      HttpRequest.BodyPublisher publisher =
          chunked
              ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
              : HttpRequest.BodyPublishers.ofByteArray(body);

      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.gateway().port() + "/"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .POST(publisher)
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());

      assertThat(answer.statusCode()).isEqualTo(200);
      if (!chunked) {
        assertThat(answer.body()).isEqualTo(body);
      } else {
        assertThat(answer.body().length).isGreaterThanOrEqualTo(size);
      }
    }
  }

  @Test
  void a_chunked_request_keeps_its_chunks_extensions_and_trailers() throws Exception {
    Backend backend = behind(Backend.saying("hello"));
    String body = "5;a=\"b\"\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 1\r\n\r\n";

    RawClient.Answer answer =
        shop.ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n" + body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(backend.seen.getFirst().field("transfer-encoding")).isEqualTo("chunked");
    assertThat(backend.seen.getFirst().body()).isEqualTo(body);
  }

  @Test
  void a_chunked_answer_keeps_its_trailers() throws Exception {
    String body = "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n";
    behind(
        Backend.answering(
            "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n" + body));

    try (RawClient client = shop.client()) {
      RawClient.Answer answer = client.get("/");
      assertThat(answer.field("trailer")).isEqualTo("X-Sum");
      assertThat(answer.body()).isEqualTo(body);
      assertThat(client.get("/").body()).as("the connection goes on").isEqualTo(body);
    }
  }

  @Test
  void an_answer_that_the_end_of_the_connection_ends_is_whole() throws Exception {
    String text = "hello".repeat(30_000);
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\n\r\n" + text);
              return false;
            }));

    RawClient.Answer answer = shop.get("/");

    assertThat(answer.field("connection")).isEqualTo("close");
    assertThat(answer.body()).isEqualTo(text);
  }

  @Test
  void bodiless_answers_leave_the_connection_usable() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              String path = request.line().split(" ", -1)[1];
              talk.say(
                  switch (path) {
                    case "/204" -> "HTTP/1.1 204 No Content\r\n\r\n";
                    case "/304" -> "HTTP/1.1 304 Not Modified\r\nContent-Length: 77\r\n\r\n";
                    case "/head" -> "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n";
                    case "/headchunked" -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
                    default -> Backend.ok(path);
                  });
              return true;
            }));

    try (RawClient client = shop.client()) {
      assertThat(client.get("/204").status()).isEqualTo(204);
      assertThat(client.get("/304").field("content-length")).isEqualTo("77");
      assertThat(client.ask("HEAD /head HTTP/1.1\r\nHost: a\r\n\r\n").field("content-length"))
          .isEqualTo("77");
      assertThat(client.ask("HEAD /headchunked HTTP/1.1\r\nHost: a\r\n\r\n").status())
          .isEqualTo(200);
      assertThat(client.get("/x").body()).isEqualTo("/x");
    }
  }

  @Test
  void a_service_that_does_not_read_holds_the_client_back() throws Exception {
    CountDownLatch mayRead = new CountDownLatch(1);
    int size = 64 << 20;
    behind(
        Backend.of(
            (request, talk) -> {
              mayRead.await();
              long got = 0;
              byte[] buffer = new byte[1 << 16];
              while (got < size) {
                got += talk.in().read(buffer);
              }
              talk.say(Backend.ok("" + got));
              return true;
            }));
    try (RawClient client = shop.client()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
              + size
              + "\r\n\r\n");
      long[] sent = {0};
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  OutputStream out = client.socket.getOutputStream();
                  byte[] piece = new byte[1 << 16];
                  for (int at = 0; at < size; at += piece.length) {
                    out.write(piece);
                    sent[0] += piece.length;
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      long[] before = {-1};
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                boolean stuck = sent[0] > 0 && sent[0] == before[0];
                before[0] = sent[0];
                return stuck;
              });
      assertThat(sent[0]).as("bytes that could be sent").isLessThan(size);
      mayRead.countDown();
      sending.join();
      assertThat(client.answer().body()).isEqualTo("" + size);
    }
  }

  @Test
  void a_client_that_does_not_read_holds_the_service_back() throws Exception {
    int size = 64 << 20;
    long[] sent = {0};
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
              byte[] piece = new byte[1 << 16];
              for (int at = 0; at < size; at += piece.length) {
                talk.out().write(piece);
                sent[0] += piece.length;
              }
              return true;
            }));
    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      long[] before = {-1};
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                boolean stuck = sent[0] > 0 && sent[0] == before[0];
                before[0] = sent[0];
                return stuck;
              });
      assertThat(sent[0]).as("bytes that could be sent").isLessThan(size);
      client.head();
      assertThat(client.socket.getInputStream().readNBytes(size)).hasSize(size);
    }
  }

  // ---- 1xx, upgrades, streams

  @Test
  void a_100_comes_from_the_service_and_not_from_the_gateway() throws Exception {
    CountDownLatch mayContinue = new CountDownLatch(1);
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  mayContinue.await();
                  talk.say(
                      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n");
                  talk.say(Backend.ok(Backend.body(request, talk.in())));
                  return true;
                }));
    try (RawClient client = shop.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      await().until(() -> !backend.seen.isEmpty());
      assertThat(client.socket.getInputStream().available()).isZero();
      mayContinue.countDown();
      assertThat(client.answer().status()).isEqualTo(100);
      RawClient.Answer hints = client.answer();
      assertThat(hints.status()).isEqualTo(103);
      assertThat(hints.field("link")).isEqualTo("a");
      client.send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(backend.seen.getFirst().field("expect")).isEqualTo("100-continue");
    }
  }

  @Test
  void an_answer_before_the_body_is_sent_is_the_last_of_its_connection() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
              return true;
            }));
    try (RawClient client = shop.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.field("connection")).isEqualTo("close");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void events_come_as_they_are_sent() throws Exception {
    CountDownLatch[] next = {new CountDownLatch(1), new CountDownLatch(1)};
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n");
              talk.say("9\r\ndata: 0\n\n\r\n");
              next[0].await();
              talk.say("9\r\ndata: 1\n\n\r\n");
              next[1].await();
              talk.say("0\r\n\r\n");
              return true;
            }));
    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      client.head();
      assertThat(client.read(14)).isEqualTo("9\r\ndata: 0\n\n\r\n");
      next[0].countDown();
      assertThat(client.read(14)).isEqualTo("9\r\ndata: 1\n\n\r\n");
      next[1].countDown();
      assertThat(client.read(5)).isEqualTo("0\r\n\r\n");
    }
  }

  private static String upgrade(String protocol) {
    return "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: "
        + protocol
        + "\r\nSec-WebSocket-Key: k\r\n\r\n";
  }

  @Test
  void a_web_socket_is_a_tunnel_both_ways() throws Exception {
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say(
                      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          + "Connection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nfirst");
                  byte[] got = talk.in().readNBytes(7);
                  talk.out().write(got);
                  talk.out().flush();
                  return false;
                }));
    try (RawClient client = shop.client()) {
      client.send(upgrade("WebSocket") + "too");
      RawClient.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(101);
      assertThat(answer.field("upgrade")).isEqualTo("websocket");
      assertThat(answer.field("connection")).isEqualTo("upgrade");
      assertThat(answer.field("sec-websocket-accept")).isEqualTo("x");
      assertThat(client.read(5)).isEqualTo("first");
      client.send("soon");
      assertThat(client.read(7)).isEqualTo("toosoon");
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(backend.seen.getFirst().field("connection")).isEqualTo("upgrade");
  }

  @Test
  void a_web_socket_that_is_declined_is_an_answer_like_any_other() throws Exception {
    behind(Backend.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno"));
    try (RawClient client = shop.client()) {
      assertThat(client.ask(upgrade("websocket")).status()).isEqualTo(403);
      assertThat(client.get("/").status()).isEqualTo(403);
    }
  }

  @Test
  void a_client_that_leaves_its_web_socket_ends_it_for_the_service() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say(
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\n\r\n");
              end.complete(talk.in().readNBytes(100).length);
              return false;
            }));
    try (RawClient client = shop.client()) {
      assertThat(client.ask(upgrade("websocket")).status()).isEqualTo(101);
      client.send("bye");
    }
    assertThat(end.join()).isEqualTo(3);
  }

  // ---- connections

  @Test
  void requests_that_come_at_once_are_answered_in_order() throws Exception {
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say(Backend.ok(request.line() + request.body()));
                  return true;
                }));
    try (RawClient client = shop.client()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append("POST /")
            .append(i)
            .append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
      }
      client.send(all.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.answer().body()).isEqualTo("POST /" + i + " HTTP/1.1ok");
      }
    }
    assertThat(backend.connections.get()).isEqualTo(1);
  }

  @Test
  void an_http_1_0_client_gets_no_chunks_and_its_connection_closed() throws Exception {
    behind(
        Backend.answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n6\r\n world\r\n0\r\nX: y\r\n\r\n"));

    RawClient.Answer answer = shop.ask("GET / HTTP/1.0\r\n\r\n");

    assertThat(answer.field("transfer-encoding")).isEmpty();
    assertThat(answer.field("connection")).isEqualTo("close");
    assertThat(answer.body()).isEqualTo("hello world");
  }

  @Test
  void an_http_1_0_client_may_keep_its_connection() throws Exception {
    Backend backend = behind(Backend.saying("hello"));
    try (RawClient client = shop.client()) {
      for (int i = 0; i < 2; i++) {
        RawClient.Answer answer = client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(answer.field("connection")).isEqualTo("keep-alive");
        assertThat(answer.body()).isEqualTo("hello");
      }
    }
    assertThat(backend.seen.getFirst().line()).isEqualTo("GET / HTTP/1.1");
    assertThat(backend.seen.getFirst().field("host")).isEqualTo("shop");
  }

  @Test
  void connection_close_closes_after_the_answer() throws Exception {
    behind(Backend.saying("hello"));
    try (RawClient client = shop.client()) {
      RawClient.Answer answer =
          client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer.field("connection")).isEqualTo("close");
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_connection_to_a_service_is_used_again_by_other_clients() throws Exception {
    Backend backend = behind(Backend.saying("hello"));
    for (int i = 0; i < 20; i++) {
      assertThat(shop.get("/").status()).isEqualTo(200);
    }
    assertThat(backend.connections.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void every_transport_of_this_machine_passes_requests_on(Transport transport) throws Exception {
    assumeTrue(transport != Transport.IO_URING || IoUring.isAvailable(), "no io_uring here");
    assumeTrue(transport != Transport.EPOLL || Epoll.isAvailable(), "no epoll here");
    byte[] body = new byte[500_000];
    Arrays.fill(body, (byte) 'x');
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Backend backend =
        Backend.of(
            (request, talk) -> {
              talk.say(Backend.ok(request.body()));
              return true;
            });
    shop =
        Shop.closed()
            .transport(transport)
            .workers(2)
            .service("shop", Route.to("/"))
            .open()
            .admit("shop", backend);
    try (RawClient client = shop.client()) {
      for (int i = 0; i < 20; i++) {
        RawClient.Answer answer =
            client.ask(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
                    + text.length()
                    + "\r\n\r\n"
                    + text);
        assertThat(answer.body()).isEqualTo(text);
        assertThat(client.get("/").body()).isEmpty();
      }
    }
  }

  @Test
  void a_body_that_trickles_in_goes_through() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              for (int i = 0; i < request.body().length(); i++) {
                talk.say("1\r\n" + request.body().charAt(i) + "\r\n");
              }
              talk.say("0\r\n\r\n");
              return true;
            }));
    try (RawClient client = shop.client()) {
      String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      assertThat(client.answer().body())
          .isEqualTo("1\r\nh\r\n1\r\ne\r\n1\r\nl\r\n1\r\nl\r\n1\r\no\r\n0\r\n\r\n");
    }
  }

  @Test
  void a_client_that_leaves_ends_the_request_at_the_service() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  InputStream in = talk.in();
                  end.complete(in.read());
                  return false;
                }));
    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> !backend.seen.isEmpty());
    }
    assertThat(end.join()).isEqualTo(-1);
  }
}
