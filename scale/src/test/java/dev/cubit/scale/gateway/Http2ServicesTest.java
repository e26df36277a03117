package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.Route;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services that speak HTTP/2; clients speak HTTP/1.1. */
@Timeout(60)
class Http2ServicesTest {
  private static final Link HTTP_2 = new Link(Link.Protocol.HTTP_2, Optional.empty());
  private final Shop shop = Shop.closed();
  private final List<Http2Backend> backends = new ArrayList<>();

  @AfterEach
  void close() {
    shop.close();
    backends.forEach(Http2Backend::close);
  }

  private Http2Backend behind(Http2Backend backend) throws Exception {
    if (backends.isEmpty()) {
      shop.link(HTTP_2).service("shop", Route.to("/")).open();
    }
    backends.add(backend);
    shop.gateway().admit(Shop.endpoint("shop", backends.size(), backend.port()));
    return backend;
  }

  private List<CompletableFuture<HttpResponse<String>>> ask(HttpClient client, int requests) {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      URI uri = URI.create("http://127.0.0.1:" + shop.gateway().port() + "/" + i);
      all.add(
          client.sendAsync(
              HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
    }
    return all;
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** Answers only when all of so many have come. */
  private static Http2Backend.Answering slowly() {
    return (request, talk) ->
        talk.ctx()
            .executor()
            .schedule(
                () -> {
                  talk.head(false, ":status", "200").data(true, request.field(":path"));
                  talk.ctx().flush();
                },
                200,
                TimeUnit.MILLISECONDS);
  }

  @Test
  void a_service_is_told_all_in_frames() throws Exception {
    Http2Backend backend = behind(Http2Backend.saying("hello"));

    RawClient.Answer answer =
        shop.ask(
            "GET /tea?a=b HTTP/1.1\r\nHost: shop.example\r\nX-Own: a\r\nConnection: X-Hop\r\n"
                + "X-Hop: b\r\nTE: gzip\r\nUpgrade: h2c\r\nKeep-Alive: 5\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
    Http2Backend.Seen seen = backend.seen.getFirst();
    assertThat(seen.field(":method")).isEqualTo("GET");
    assertThat(seen.field(":path")).isEqualTo("/tea?a=b");
    assertThat(seen.field(":authority")).isEqualTo("shop.example");
    assertThat(seen.field(":scheme")).isEqualTo("http");
    assertThat(seen.field("x-own")).isEqualTo("a");
    assertThat(seen.field("x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(seen.field("te")).isEqualTo("trailers");
    for (String gone : List.of("host", "x-hop", "connection", "upgrade", "keep-alive")) {
      assertThat(seen.head().contains(gone)).as(gone).isFalse();
    }
  }

  @Test
  void bodies_and_trailers_go_both_ways() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) ->
                    talk.head(false, ":status", "200", "x-own", "1")
                        .data(false, request.body())
                        .head(true, "x-sum", "7", "content-length", "9")));

    RawClient.Answer chunked =
        shop.ask(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX-End: 1\r\n\r\n");
    assertThat(chunked.body())
        .contains("hello")
        .contains(" world")
        .endsWith("0\r\nx-sum: 7\r\n\r\n");
    assertThat(backend.seen.getFirst().trailers().get("x-end")).hasToString("1");

    shop.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(backend.seen.getLast().body()).isEqualTo("hello");
    assertThat(backend.seen.getLast().field("content-length")).isEqualTo("5");
  }

  @Test
  void a_length_that_is_said_is_passed_on_and_the_stream_ends_by_itself() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) ->
                    talk.head(false, ":status", "200", "content-length", "5")
                        .data(false, "hello")
                        .data(true, "")));

    for (int i = 0; i < 5; i++) {
      RawClient.Answer answer = shop.get("/");
      assertThat(answer.field("content-length")).isEqualTo("5");
      assertThat(answer.body()).isEqualTo("hello");
    }
    assertThat(backend.resets.get()).isZero();
    assertThat(backend.connections.get()).isEqualTo(1);
  }

  @Test
  void an_answer_that_is_not_as_long_as_it_says_is_broken_off() throws Exception {
    behind(
        Http2Backend.of(
            (request, talk) ->
                talk.head(false, ":status", "200", "content-length", "50").data(true, "x")));

    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.rest())
          .satisfiesAnyOf(
              r -> assertThat(r).endsWith("(reset)"), r -> assertThat(r).contains("502"));
    }
  }

  @Test
  void heads_without_bodies() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) ->
                    talk.head(true, ":status", request.field("x-status"), "content-length", "7")));

    RawClient.Answer head = shop.ask("HEAD / HTTP/1.1\r\nHost: a\r\nX-Status: 200\r\n\r\n");
    assertThat(head.field("content-length")).isEqualTo("7");
    backend.answer((request, talk) -> talk.head(true, ":status", request.field("x-status")));
    try (RawClient client = shop.client()) {
      for (String status : List.of("204", "304", "200", "500")) {
        RawClient.Answer answer =
            client.ask("GET / HTTP/1.1\r\nHost: a\r\nX-Status: " + status + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
        assertThat(answer.body()).isEmpty();
      }
    }
  }

  @Test
  void a_1xx_is_passed_on() throws Exception {
    behind(
        Http2Backend.of(
            (request, talk) ->
                talk.head(false, ":status", "103", "link", "</a>").head(true, ":status", "200")));

    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 103").contains("link: </a>");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void requests_at_one_time_share_connections() throws Exception {
    Http2Backend backend = behind(Http2Backend.of(slowly()));

    try (HttpClient client = client()) {
      shop.get("/");
      for (var answer : ask(client, 80)) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
      assertThat(backend.connections.get()).isEqualTo(1);
      for (var answer : ask(client, 150)) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
      assertThat(backend.connections.get()).isEqualTo(2);
    }
  }

  @Test
  void no_more_streams_than_the_service_allows() throws Exception {
    Http2Backend backend =
        behind(Http2Backend.of(new Http2Settings().maxConcurrentStreams(5), slowly()));

    try (HttpClient client = client()) {
      shop.get("/");
      for (var answer : ask(client, 20)) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
      }
    }
    assertThat(backend.connections.get()).isBetween(2, 20);
    assertThat(backend.resets.get()).isZero();
  }

  @Test
  void long_bodies_go_both_ways() throws Exception {
    behind(
        Http2Backend.of(
            (request, talk) -> talk.head(false, ":status", "200").data(true, request.body())));
    byte[] body = new byte[2_000_000];
    new Random(5).nextBytes(body);

    try (HttpClient client = client()) {
      URI uri = URI.create("http://127.0.0.1:" + shop.gateway().port() + "/");
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
          .isEqualTo(body);
    }
  }

  @Test
  void a_stream_that_is_reset_is_a_502_and_the_others_go_on() throws Exception {
    Http2Backend backend =
        behind(Http2Backend.of((request, talk) -> talk.reset(Http2Error.INTERNAL_ERROR)));

    assertThat(shop.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").status())
        .isEqualTo(502);
    assertThat(shop.get("/").status()).isEqualTo(502);
    backend.answer((request, talk) -> talk.head(true, ":status", "200"));
    assertThat(shop.get("/").status()).isEqualTo(200);
    assertThat(backend.connections.get()).isEqualTo(1);
  }

  @Test
  void what_has_no_translation_is_a_502() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) -> talk.head(true, ":status", "200", "connection", "close")));
    assertThat(shop.get("/").status()).isEqualTo(502);

    backend.answer((request, talk) -> talk.head(true, ":status", "101"));
    assertThat(shop.get("/").status()).isEqualTo(502);

    backend.answer((request, talk) -> talk.head(true, ":status", "200", "x", "a\nb"));
    assertThat(shop.get("/").status()).isEqualTo(502);
  }

  @Test
  void a_goodbye_loses_nothing() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) -> talk.goAway().head(false, ":status", "200").data(true, "hi")));

    for (int i = 0; i < 10; i++) {
      assertThat(shop.get("/").status()).isEqualTo(200);
    }
    assertThat(backend.connections.get()).isGreaterThanOrEqualTo(10);
    await().until(() -> backend.open.get() == 0);
  }

  @Test
  void a_client_that_goes_resets_its_stream() throws Exception {
    Http2Backend backend = behind(Http2Backend.of((request, talk) -> {}));

    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> backend.begun.get() == 1);
    }
    await().until(() -> backend.resets.get() == 1);
    assertThat(backend.open.get()).isEqualTo(1);
  }

  @Test
  void draining_closes_the_connection_after_its_last_stream() throws Exception {
    Http2Backend backend = behind(Http2Backend.of(slowly()));

    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> backend.begun.get() == 1);
      CompletableFuture<Void> drained =
          shop.gateway().drain(Shop.endpoint("shop", 1, backend.port()));
      assertThat(client.answer().status()).isEqualTo(200);
      drained.get(10, TimeUnit.SECONDS);
      await().until(() -> backend.open.get() == 0);
    }
  }

  @Test
  void a_service_that_is_not_there_is_named() throws Exception {
    Http2Backend backend = behind(Http2Backend.saying("hello"));
    backend.close();

    RawClient.Answer answer = shop.get("/");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("\"service\":\"shop\"");
  }

  @Test
  void a_service_that_speaks_http_1_is_a_502() throws Exception {
    try (Backend old = Backend.saying("hello")) {
      shop.link(HTTP_2).service("shop", Route.to("/")).open().admit("shop", old);

      assertThat(shop.get("/").status()).isEqualTo(502);
    }
  }

  @Test
  void http_2_goes_through_whole() throws Exception {
    Http2Backend backend =
        behind(
            Http2Backend.of(
                (request, talk) ->
                    talk.head(false, ":status", "200")
                        .data(false, request.body())
                        .head(true, "x-sum", "7")));

    try (Http2RawClient client = Http2RawClient.open(shop.gateway().port())) {
      int stream = client.request(false, Http2RawClient.head("POST", "/"));
      client.frame(
          Http2RawClient.DATA,
          0,
          stream,
          "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      client.frame(Http2RawClient.HEADERS, 5, stream, client.block("x-end", "1"));
      Http2RawClient.Answer answer = client.answer(stream);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.trailers().orElseThrow().get("x-sum")).hasToString("7");
      assertThat(backend.seen.getFirst().trailers().get("x-end")).hasToString("1");
    }
  }
}
