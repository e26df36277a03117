package dev.cubit.scale.gateway;

import static dev.cubit.scale.gateway.Http2RawClient.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.gateway.tls.PemFolder;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Route;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that speak HTTP/2, over TLS and without; services speak HTTP/1.1. */
@Timeout(60)
class Http2ClientsTest {
  private final Shop shop = Shop.closed();
  @TempDir Path folder = Path.of(".");

  @AfterEach
  void close() {
    shop.close();
  }

  private Backend behind(Backend backend) throws Exception {
    shop.service("shop", Route.to("/")).open().admit("shop", backend);
    return backend;
  }

  private Http2RawClient client() throws IOException {
    return Http2RawClient.open(shop.gateway().port());
  }

  private static HttpClient javaClient(X509Bundle trusted) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_2)
        .sslContext(PemFolder.trusting(trusted))
        .build();
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + shop.gateway().port() + path);
  }

  // ---- over TLS, with a real client

  @ParameterizedTest
  @EnumSource(Transport.class)
  void javas_client_gets_answers_to_many_requests_at_once(Transport transport) throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    shop.transport(transport).tls(new PemFolder(folder).write(bundle));
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say(Backend.ok(request.line() + request.body()));
                  return true;
                }));
    byte[] body = new byte[300_000];
    new Random(3).nextBytes(body);
    String text = new String(body, ISO_8859_1);

    try (HttpClient client = javaClient(bundle)) {
      List<CompletableFuture<HttpResponse<byte[]>>> all = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/" + i));
        if (i % 3 == 0) {
          request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        all.add(client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < 60; i++) {
        HttpResponse<byte[]> answer = all.get(i).get();
        String wanted = i % 3 == 0 ? "POST /" + i + " HTTP/1.1" + text : "GET /" + i + " HTTP/1.1";
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo(wanted);
      }
    }
    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field("x-forwarded-proto")).isEqualTo("https");
    assertThat(seen.field("via")).isEqualTo("2 cubit");
    assertThat(seen.field("host")).startsWith("localhost:");
  }

  @Test
  void javas_client_streams_a_body_of_unknown_length() throws Exception {
    X509Bundle bundle = PemFolder.localhost();
    shop.tls(new PemFolder(folder).write(bundle));
    Backend backend = behind(Backend.saying("thanks"));

    try (HttpClient client = javaClient(bundle)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/"))
              .POST(
                  HttpRequest.BodyPublishers.ofInputStream(
                      () -> new java.io.ByteArrayInputStream("hello".getBytes(ISO_8859_1))))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .isEqualTo("thanks");
    }
    assertThat(backend.seen.getFirst().field("transfer-encoding")).isEqualTo("chunked");
    assertThat(backend.seen.getFirst().body()).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
  }

  // ---- frame by frame

  @Test
  void a_request_is_told_to_the_service_as_if_it_were_http_1() throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    try (Http2RawClient client = client()) {
      int stream =
          client.get("/tea?a=b", "x-own", "a", "cookie", "a=1", "cookie", "b=2", "te", "trailers");
      Http2RawClient.Answer answer = client.answer(stream);

      assertThat(answer.status()).isEqualTo("200");
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.field("content-length")).isEqualTo("5");
      assertThat(answer.field("via")).isEqualTo("1.1 cubit");
      assertThat(answer.heads().getLast().contains("connection")).isFalse();
    }
    Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.line()).isEqualTo("GET /tea?a=b HTTP/1.1");
    assertThat(seen.field("host")).isEqualTo("shop.example");
    assertThat(seen.field("cookie")).isEqualTo("a=1; b=2");
    assertThat(seen.field("x-own")).isEqualTo("a");
    assertThat(seen.field("x-forwarded-proto")).isEqualTo("http");
    assertThat(seen.field("via")).isEqualTo("2 cubit");
    assertThat(seen.field("content-length") + seen.field("transfer-encoding")).isEmpty();
  }

  @Test
  void the_preface_may_come_byte_by_byte() throws Exception {
    behind(Backend.saying("hello"));

    try (Http2RawClient client = new Http2RawClient(shop.gateway().port())) {
      for (byte b : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1)) {
        client.send(new byte[] {b});
        Thread.onSpinWait();
      }
      client.frame(Http2RawClient.SETTINGS, 0, 0);
      assertThat(client.answer(client.get("/")).status()).isEqualTo("200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P", "PR", "PRI", "PO", "G", ""})
  void what_begins_alike_is_http_1(String first) throws Exception {
    behind(Backend.saying("hello"));
    String method = first.startsWith("PRI") ? "PRINT" : first.startsWith("PR") ? "PROPFIND" : "";
    String whole =
        (method.isEmpty() ? (first.startsWith("P") ? "POST" : "GET") : method)
            + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";

    try (RawClient client = shop.client()) {
      client.send(first);
      await().pollDelay(Duration.ofMillis(30)).until(() -> true);
      assertThat(client.ask(whole.substring(first.length())).status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_with_its_length_goes_as_it_is() throws Exception {
    Backend backend = behind(Backend.saying("thanks"));

    try (Http2RawClient client = client()) {
      int stream = client.request(false, head("POST", "/", "content-length", "10"));
      client.frame(Http2RawClient.DATA, 0, stream, "hello".getBytes(ISO_8859_1));
      client.frame(Http2RawClient.DATA, 1, stream, "world".getBytes(ISO_8859_1));
      assertThat(client.answer(stream).body()).isEqualTo("thanks");
    }
    assertThat(backend.seen.getFirst().body()).isEqualTo("helloworld");
    assertThat(backend.seen.getFirst().field("content-length")).isEqualTo("10");
  }

  @Test
  void a_post_without_a_body_says_so() throws Exception {
    Backend backend = behind(Backend.saying("thanks"));

    try (Http2RawClient client = client()) {
      client.answer(client.request(true, head("POST", "/")));
    }
    assertThat(backend.seen.getFirst().field("content-length")).isEqualTo("0");
  }

  @Test
  void trailers_go_both_ways() throws Exception {
    Backend backend =
        behind(
            Backend.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 7\r\nX-Two:  8 \r\n\r\n"));

    try (Http2RawClient client = client()) {
      int stream = client.request(false, head("POST", "/"));
      client.frame(Http2RawClient.DATA, 0, stream, "hello".getBytes(ISO_8859_1));
      client.frame(Http2RawClient.HEADERS, 5, stream, client.block("x-end", "1"));
      Http2RawClient.Answer answer = client.answer(stream);

      assertThat(answer.body()).isEqualTo("hello world");
      assertThat(answer.trailers().orElseThrow().get("x-sum")).hasToString("7");
      assertThat(answer.trailers().orElseThrow().get("x-two")).hasToString("8");
    }
    assertThat(backend.seen.getFirst().body()).isEqualTo("5\r\nhello\r\n0\r\nx-end: 1\r\n\r\n");
  }

  @Test
  void head_and_204_and_304_end_with_their_head() throws Exception {
    Backend backend = behind(Backend.saying("hello"));

    try (Http2RawClient client = client()) {
      Http2RawClient.Answer head = client.answer(client.request(true, head("HEAD", "/")));
      assertThat(head.body()).isEmpty();
      assertThat(head.status()).isEqualTo("200");
      for (String status : List.of("204", "304")) {
        backend.answer(
            (request, talk) -> {
              talk.say("HTTP/1.1 " + status + " X\r\nETag: \"a\"\r\n\r\n");
              return true;
            });
        Http2RawClient.Answer answer = client.answer(client.get("/"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("etag")).isEqualTo("\"a\"");
      }
    }
  }

  @Test
  void an_answer_that_ends_with_the_connection_ends_the_stream() throws Exception {
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\n\r\nall of it");
              return false;
            }));

    try (Http2RawClient client = client()) {
      Http2RawClient.Answer answer = client.answer(client.get("/"));
      assertThat(answer.body()).isEqualTo("all of it");
      assertThat(answer.reset()).isEqualTo(-1);
      assertThat(client.answer(client.get("/")).status()).isEqualTo("200");
    }
  }

  @Test
  void an_answer_that_is_broken_off_resets_only_its_stream() throws Exception {
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                  return false;
                }));

    try (Http2RawClient client = client()) {
      Http2RawClient.Answer answer = client.answer(client.get("/"));
      assertThat(answer.reset()).isEqualTo(2); // INTERNAL_ERROR
      backend.answer(
          (request, talk) -> {
            talk.say(Backend.ok("hello"));
            return true;
          });
      assertThat(client.answer(client.get("/")).body()).isEqualTo("hello");
    }
  }

  @Test
  void a_100_goes_in_front_of_the_body() throws Exception {
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say("HTTP/1.1 100 Continue\r\n\r\n");
                  String body = Backend.body(request, talk.in());
                  talk.say(Backend.ok(body));
                  return true;
                }));

    try (Http2RawClient client = client()) {
      int stream =
          client.request(false, head("POST", "/", "expect", "100-continue", "content-length", "5"));
      await().until(() -> !backend.seen.isEmpty());
      client.frame(Http2RawClient.DATA, 1, stream, "hello".getBytes(ISO_8859_1));
      Http2RawClient.Answer answer = client.answer(stream);

      assertThat(answer.heads()).hasSize(2);
      assertThat(answer.heads().getFirst().status()).hasToString("100");
      assertThat(answer.body()).isEqualTo("hello");
    }
  }

  @Test
  void a_stream_that_is_reset_ends_its_request() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  if (talk.in().read() < 0) {
                    gone.countDown();
                  }
                  return false;
                }));

    try (Http2RawClient client = client()) {
      int stream = client.get("/");
      await().until(() -> !backend.seen.isEmpty());
      client.frame(Http2RawClient.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
      gone.await();
      await().until(() -> shop.counts().inFlight() == 0);
      assertThat(client.socket.isClosed()).isFalse();
    }
  }

  @Test
  void a_client_that_does_not_read_holds_the_service_back() throws Exception {
    long[] sent = new long[1];
    behind(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n");
              byte[] part = new byte[100_000];
              for (int i = 0; i < 2000; i++) {
                talk.out().write(part);
                sent[0] += part.length;
              }
              return true;
            }));

    try (Http2RawClient client = client()) {
      client.get("/"); // gets 64 KiB, as no window is given
      await().until(() -> sent[0] > 0);
      long[] before = {-1};
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                boolean stands = before[0] == sent[0];
                before[0] = sent[0];
                return stands;
              });
      assertThat(sent[0]).isLessThan(20_000_000);
    }
  }

  @Test
  void a_service_that_does_not_read_holds_the_client_back() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    behind(
        Backend.of(
            (request, talk) -> {
              reads.await();
              String body = Backend.body(request, talk.in());
              talk.say(Backend.ok("" + body.length()));
              return true;
            }));

    try (Http2RawClient client = client()) {
      // field expect, so that the backend does not read by itself
      int stream =
          client.request(
              false, head("POST", "/", "content-length", "50000000", "expect", "100-continue"));
      long given = 65_535;
      int windows = 0;
      long sent = 0;
      byte[] part = new byte[16_000];
      client.socket.setSoTimeout(1_500);
      try {
        while (true) {
          while (given >= part.length && sent < 40_000_000) {
            client.frame(Http2RawClient.DATA, 0, stream, part);
            given -= part.length;
            sent += part.length;
          }
          Http2RawClient.Frame frame = client.read();
          if (frame.type() == Http2RawClient.WINDOW_UPDATE && frame.stream() == stream) {
            byte[] p = frame.payload();
            given += (p[0] & 0x7f) << 24 | (p[1] & 0xff) << 16 | (p[2] & 0xff) << 8 | (p[3] & 0xff);
            windows++;
          }
        }
      } catch (java.net.SocketTimeoutException held) {
        assertThat(sent).isLessThan(20_000_000);
        assertThat(windows).isPositive();
      } finally {
        reads.countDown();
      }
    }
  }

  @Test
  void many_streams_share_a_connection_and_none_waits_for_another() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    behind(
        Backend.of(
            (request, talk) -> {
              if (request.line().contains("slow")) {
                slow.await();
              }
              talk.say(Backend.ok("hello"));
              return true;
            }));

    try (Http2RawClient client = client()) {
      int waiting = client.get("/slow");
      for (int i = 0; i < 50; i++) {
        assertThat(client.answer(client.get("/fast")).body()).isEqualTo("hello");
      }
      assertThat(shop.gateway().statistics().clients()).isEqualTo(1);
      slow.countDown();
      assertThat(client.answer(waiting).body()).isEqualTo("hello");
    }
  }

  @Test
  void problems_are_told_as_in_http_1() throws Exception {
    shop.service("shop", Route.to("/shop")).open();

    try (Http2RawClient client = client()) {
      Http2RawClient.Answer answer = client.answer(client.get("/elsewhere"));
      assertThat(answer.status()).isEqualTo("404");
      assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("no service is routed here");
      assertThat(
              client
                  .answer(client.request(true, ":method", "CONNECT", ":authority", "a:1"))
                  .status())
          .isEqualTo("405");
    }
  }

  @Test
  void an_early_answer_ends_a_request_that_is_still_sent() throws Exception {
    GatewayPlan.Limits usual = GatewayPlan.Limits.usual();
    shop.limits(
        new GatewayPlan.Limits(
            usual.headerBytes(),
            usual.headerFields(),
            10,
            usual.headerTime(),
            usual.bodyTime(),
            usual.idleTime(),
            usual.connections()));
    behind(Backend.saying("hello"));

    try (Http2RawClient client = client()) {
      int stream = client.request(false, head("POST", "/"));
      client.frame(Http2RawClient.DATA, 0, stream, new byte[100]);
      assertThat(client.answer(stream).status()).isEqualTo("413");
      assertThat(client.answer(client.get("/")).body()).isEqualTo("hello");
    }
  }

  @Test
  void closing_says_goodbye_and_answers_what_is_under_way() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  slow.await();
                  talk.say(Backend.ok("hello"));
                  return true;
                }));

    try (Http2RawClient client = client()) {
      int stream = client.get("/");
      await().until(() -> !backend.seen.isEmpty());
      Thread closing = Thread.ofVirtual().start(() -> shop.gateway().close());
      Http2RawClient.Frame frame;
      do {
        frame = client.read();
      } while (frame.type() != Http2RawClient.GOAWAY);
      assertThat(frame.error()).isZero();
      assertThat(frame.payload()[0]).as("streams on their way are taken").isEqualTo((byte) 0x7f);
      slow.countDown();
      assertThat(client.answer(stream).body()).isEqualTo("hello");
      assertThat(client.ending()).isIn(-1, 0);
      closing.join();
    }
  }

  @Test
  void an_idle_connection_is_let_go() throws Exception {
    GatewayPlan.Limits usual = GatewayPlan.Limits.usual();
    shop.limits(
        new GatewayPlan.Limits(
            usual.headerBytes(),
            usual.headerFields(),
            0,
            usual.headerTime(),
            usual.bodyTime(),
            Duration.ofMillis(400),
            usual.connections()));
    behind(Backend.saying("hello"));

    try (Http2RawClient client = client()) {
      assertThat(client.answer(client.get("/")).body()).isEqualTo("hello");
      assertThat(client.ending()).isZero();
    }
    await().until(() -> shop.gateway().statistics().clients() == 0);
  }

  @Test
  void the_access_log_has_each_request() throws Exception {
    List<Access> told = new java.util.concurrent.CopyOnWriteArrayList<>();
    shop.telling(told::addAll);
    behind(Backend.saying("hello"));

    try (Http2RawClient client = client()) {
      for (int i = 0; i < 10; i++) {
        client.answer(client.get("/" + i));
      }
    }
    await().until(() -> told.size() == 10);
    assertThat(told).allMatch(a -> a.status() == 200 && a.client().equals("127.0.0.1"));
  }

  @Test
  void a_head_that_grows_beyond_its_bound_when_it_is_unpacked_is_refused() throws Exception {
    behind(Backend.saying("hello"));
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < 14; i++) { // from the second on, one byte each
      fields.addAll(List.of("x-long", "x".repeat(3000)));
    }

    try (Http2RawClient client = client()) {
      int stream = client.get("/", fields.toArray(String[]::new));
      assertThat(client.answer(stream).status()).isEqualTo("431");
      assertThat(client.answer(client.get("/")).body()).isEqualTo("hello");
    }
  }

  @Test
  void text_is_bytes() throws Exception {
    Backend backend = behind(Backend.saying("hello"));
    String name = new String("Käse".getBytes(StandardCharsets.UTF_8), ISO_8859_1);

    try (Http2RawClient client = client()) {
      client.frame(
          Http2RawClient.HEADERS, 5, 1, Http2RawClient.literals(head("GET", "/", "x-name", name)));
      assertThat(client.answer(1).status()).isEqualTo("200");
    }
    assertThat(backend.seen.getFirst().field("x-name")).isEqualTo(name);
  }

  @Test
  void a_connection_that_vanishes_ends_its_requests() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Backend backend =
        behind(
            Backend.of(
                (request, talk) -> {
                  slow.await();
                  return false;
                }));
    try (Http2RawClient client = client()) {
      client.get("/");
      client.get("/");
      await().until(() -> backend.seen.size() == 2);
    }
    await().until(() -> shop.counts().inFlight() == 0);
    await().until(() -> shop.gateway().statistics().clients() == 0);
    slow.countDown();
  }
}
