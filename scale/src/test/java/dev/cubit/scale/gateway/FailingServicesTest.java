package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.gateway.balance.Outcome;
import dev.cubit.scale.topology.Route;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that are not there, late, or speak no HTTP; and what is repeated. */
class FailingServicesTest {
  private final Shop shop = Shop.closed();

  @AfterEach
  void close() {
    shop.close();
  }

  private Shop open(Backend... backends) throws Exception {
    return shop.service("shop", Route.to("/")).open().admit("shop", backends);
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String request(String method) {
    String length = method.equals("POST") || method.equals("PUT") ? "Content-Length: 2\r\n" : "";
    return method + " / HTTP/1.1\r\nHost: a\r\n" + length + "\r\n" + (length.isEmpty() ? "" : "ok");
  }

  /** Ends each connection with its first request; counts them. */
  private static Backend hangingUp(AtomicInteger asked) throws Exception {
    return Backend.of(
        (request, talk) -> {
          asked.incrementAndGet();
          return false;
        });
  }

  @Test
  void a_problem_names_the_service_and_nothing_else() throws Exception {
    int port = unusedPort();
    shop.service("shop", Route.to("/")).open();
    shop.gateway().admit(Shop.endpoint("shop", 1, port));

    RawClient.Answer answer = shop.get("/secret/path");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":502", "\"title\":\"Bad Gateway\"", "\"service\":\"shop\"")
        .doesNotContain("" + port, "127.0.0.1", "secret", "shop.1");
    assertThat(shop.counts().errors()).containsEntry(Outcome.UNREACHABLE, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH", "LIST"})
  void any_request_that_was_not_sent_goes_to_another(String method) throws Exception {
    Backend alive = Backend.saying("hello");
    open(alive);
    shop.gateway().admit(Shop.endpoint("shop", 9, unusedPort()));

    for (int i = 0; i < 10; i++) {
      assertThat(shop.ask(request(method)).status()).isEqualTo(200);
    }
    assertThat(alive.seen).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
  void a_safe_request_without_an_answer_goes_to_another(String method) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    shop.retries(2, 1);
    open(Backend.saying("hello"), hangingUp(asked));

    for (int i = 0; i < 20; i++) {
      assertThat(shop.ask(request(method)).status()).isEqualTo(200);
    }
    assertThat(asked.get()).as("those that were repeated").isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "LIST", "PUT", "DELETE"})
  void another_request_that_was_sent_is_not_repeated(String method) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    open(hangingUp(asked));

    assertThat(shop.ask(request(method)).status()).isEqualTo(502);
    assertThat(asked.get()).isEqualTo(1);
  }

  /** Answers the first request of a connection, and ends the connection at the second. */
  private static Backend oneEach(List<String> lost) throws Exception {
    return Backend.of(
        (request, talk) -> {
          boolean first = lost.stream().noneMatch(l -> l.equals("" + request.connection()));
          if (first) {
            lost.add("" + request.connection());
            talk.say(Backend.ok("hello"));
            return true;
          }
          return false;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void an_idempotent_request_on_a_connection_that_was_just_closed_is_repeated_on_a_new_one(
      String method) throws Exception {
    Backend backend = oneEach(new CopyOnWriteArrayList<>());
    open(backend);

    for (int i = 0; i < 6; i++) {
      assertThat(shop.ask(request(method)).status()).isEqualTo(200);
    }
  }

  @Test
  void a_post_on_a_connection_that_was_just_closed_is_not_repeated() throws Exception {
    open(oneEach(new CopyOnWriteArrayList<>()));

    assertThat(shop.ask(request("POST")).status()).isEqualTo(200);
    assertThat(shop.ask(request("POST")).status()).isEqualTo(502);
  }

  @Test
  void attempts_are_bounded() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    shop.retries(3, 1);
    open(hangingUp(asked), hangingUp(asked), hangingUp(asked), hangingUp(asked));

    assertThat(shop.get("/").status()).isEqualTo(502);
    assertThat(asked.get()).isEqualTo(3);
  }

  @Test
  void repeats_are_bounded_by_the_budget() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    shop.retries(2, 0.2);
    open(hangingUp(asked), hangingUp(asked));

    for (int i = 0; i < 100; i++) {
      assertThat(shop.get("/").status()).isEqualTo(502);
    }
    assertThat(asked.get()).as("100 and a fifth of them").isBetween(110, 121);
  }

  @Test
  void an_answer_that_does_not_come_in_time_is_504() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    shop.timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(200));
    open(
        Backend.of(
            (request, talk) -> {
              over.await();
              return false;
            }));

    RawClient.Answer answer = shop.get("/");

    over.countDown();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.body()).contains("\"service\":\"shop\"");
    assertThat(shop.counts().errors()).containsEntry(Outcome.TIMED_OUT, 1L);
  }

  @Test
  void an_answer_that_stops_is_cut_off() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    shop.timeouts(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(5));
    open(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
              over.await();
              return false;
            }));
    try (RawClient client = shop.client()) {
      client.send(request("GET"));
      client.head();
      assertThat(client.rest()).isIn("hello(reset)", "(reset)");
    }
    over.countDown();
  }

  @Test
  void an_answer_without_a_length_that_a_reset_ends_is_not_taken_for_whole() throws Exception {
    open(
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\n\r\nhello");
              Thread.sleep(100); // so that the reset does not overtake what was sent
              talk.socket().setSoLinger(true, 0);
              return false;
            }));
    try (RawClient client = shop.client()) {
      client.send(request("GET"));
      client.head();
      assertThat(client.rest()).endsWith("(reset)");
    }
  }

  static Stream<Arguments> malformed() {
    List<Arguments> all = new ArrayList<>();
    String ok = "HTTP/1.1 200 OK\r\n";
    all.add(Arguments.of("no HTTP", "hello world, this is no HTTP\r\n\r\n"));
    all.add(Arguments.of("HTTP/2", "HTTP/2 200 OK\r\n\r\n"));
    all.add(Arguments.of("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"));
    all.add(Arguments.of("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"));
    all.add(Arguments.of("a status below 100", "HTTP/1.1 099 OK\r\n\r\n"));
    all.add(Arguments.of("a status of 600", "HTTP/1.1 600 OK\r\n\r\n"));
    all.add(Arguments.of("two spaces before the status", "HTTP/1.1  200 OK\r\n\r\n"));
    all.add(Arguments.of("a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    all.add(Arguments.of("a bare CR", ok + "X: a\rb\r\nContent-Length: 0\r\n\r\n"));
    all.add(
        Arguments.of(
            "both lengths",
            ok + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    all.add(
        Arguments.of("two lengths", ok + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"));
    all.add(Arguments.of("a list of lengths", ok + "Content-Length: 5, 5\r\n\r\nhello"));
    all.add(Arguments.of("a length with a sign", ok + "Content-Length: +5\r\n\r\nhello"));
    all.add(Arguments.of("another coding", ok + "Transfer-Encoding: gzip\r\n\r\n"));
    all.add(Arguments.of("two codings", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"));
    all.add(
        Arguments.of(
            "chunks in HTTP/1.0",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    all.add(Arguments.of("a space before the colon", ok + "Content-Length : 5\r\n\r\nhello"));
    all.add(Arguments.of("a folded field", ok + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n"));
    all.add(Arguments.of("a NUL in a field", ok + "X: \u0000\r\nContent-Length: 0\r\n\r\n"));
    all.add(Arguments.of("a field without a colon", ok + "nonsense\r\n\r\n"));
    all.add(
        Arguments.of("a chunk that is none", ok + "Transfer-Encoding: chunked\r\n\r\nz\r\n\r\n"));
    all.add(
        Arguments.of(
            "a chunk that is too long",
            ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n"));
    all.add(
        Arguments.of(
            "a 101 that nobody asked for",
            "HTTP/1.1 101 Switching Protocols\r\n"
                + "Connection: upgrade\r\n"
                + "Upgrade: websocket\r\n\r\n"));
    all.add(Arguments.of("1xx without end", "HTTP/1.1 102 Processing\r\n\r\n".repeat(100)));
    all.add(Arguments.of("a head without end", ok + "X: " + "a".repeat(100_000)));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void what_is_no_http_is_a_502_and_its_connection_is_not_used_again(String name, String bytes)
      throws Exception {
    Backend backend = Backend.answering(bytes);
    open(backend);

    for (int i = 0; i < 2; i++) {
      try (RawClient client = shop.client()) {
        client.send(request("GET"));
        RawClient.Answer answer = client.answer();
        while (answer.status() < 200) {
          answer = client.answer();
        }
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("\"service\":\"shop\"");
      }
    }
    assertThat(backend.connections.get()).isEqualTo(2);
    assertThat(shop.counts().errors()).containsEntry(Outcome.MALFORMED, 2L);
  }

  @Test
  void bytes_behind_an_answer_reach_nobody() throws Exception {
    Backend backend =
        Backend.answering(Backend.ok("hello") + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
    open(backend);

    for (int i = 0; i < 5; i++) {
      assertThat(shop.get("/").body()).isEqualTo("hello");
    }
    assertThat(backend.connections.get()).isEqualTo(5);
  }

  @Test
  void bytes_on_a_kept_connection_close_it() throws Exception {
    Backend backend = Backend.saying("hello");
    open(backend);
    assertThat(shop.get("/").body()).isEqualTo("hello");

    backend
        .sockets
        .getFirst()
        .getOutputStream()
        .write(
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
                .getBytes(StandardCharsets.ISO_8859_1));

    await().until(() -> backend.open.get() == 0);
    assertThat(shop.get("/").body()).isEqualTo("hello");
  }

  @Test
  void the_body_of_an_answer_to_head_is_nobodys() throws Exception {
    open(Backend.answering(Backend.ok("hello")));
    try (RawClient client = shop.client()) {
      assertThat(client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(200);
      assertThat(client.get("/").body()).isEqualTo("hello");
    }
  }

  @Test
  void a_request_waits_until_somebody_is_there() throws Exception {
    open();
    try (RawClient client = shop.client()) {
      client.send(request("POST"));
      await().until(() -> shop.counts().inFlight() == 1);
      Backend late = Backend.saying("hello");
      shop.admit("shop", late);
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(late.seen.getFirst().body()).isEqualTo("ok");
    }
  }

  @Test
  void a_request_that_has_waited_too_long_is_503() throws Exception {
    shop.timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(150));
    open();

    RawClient.Answer answer = shop.get("/");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.field("retry-after")).isEqualTo("1");
    assertThat(shop.counts().unavailable()).isEqualTo(1);
  }

  @Test
  void beyond_the_bounds_requests_wait_and_beyond_that_they_are_503() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    AtomicInteger most = new AtomicInteger();
    AtomicInteger now = new AtomicInteger();
    shop.bounds(2, 3);
    open(
        Backend.of(
            (request, talk) -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              mayAnswer.await();
              now.decrementAndGet();
              talk.say(Backend.ok("hello"));
              return true;
            }));
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int before = i;
      await().until(() -> before == 0 || shop.counts().inFlight() == before);
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return shop.get("/").status();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              Thread::startVirtualThread));
    }
    await().until(() -> shop.counts().inFlight() == 5);

    RawClient.Answer beyond = shop.get("/");
    mayAnswer.countDown();

    assertThat(beyond.status()).isEqualTo(503);
    assertThat(beyond.field("retry-after")).isEqualTo("1");
    assertThat(all).allSatisfy(f -> assertThat(f.join()).isEqualTo(200));
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void a_client_that_leaves_the_queue_leaves_no_trace() throws Exception {
    open();
    try (RawClient client = shop.client()) {
      client.send(request("GET"));
      await().until(() -> shop.counts().inFlight() == 1);
    }
    await().until(() -> shop.counts().inFlight() == 0);
    Backend late = Backend.saying("hello");
    shop.admit("shop", late);
    assertThat(shop.get("/").body()).isEqualTo("hello");
    assertThat(late.seen).hasSize(1);
  }
}
