package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.GatewayPlan.Limits;
import dev.cubit.scale.topology.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too much, or too slow. */
class LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Shop shop = Shop.closed().service("shop", Route.to("/"));
  private Backend backend;

  @BeforeEach
  void listen() throws Exception {
    backend = Backend.saying("hello");
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
    backend.close();
  }

  private void open(Limits limits) throws Exception {
    shop.limits(limits).open().admit("shop", backend);
  }

  private static Limits limits(Duration header, Duration body, Duration idle) {
    return new Limits(1024, 10, 1000, header, body, idle, 5);
  }

  @Test
  void a_request_line_that_is_too_long_is_414() throws Exception {
    open(limits(LONG, LONG, LONG));

    assertThat(shop.get("/" + "a".repeat(1100)).status()).isEqualTo(414);
    assertThat(shop.get("/" + "a".repeat(900)).status()).isEqualTo(200);
  }

  @Test
  void a_head_that_is_too_long_is_431() throws Exception {
    open(limits(LONG, LONG, LONG));

    assertThat(
            shop.ask("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(1100) + "\r\n\r\n").status())
        .isEqualTo(431);
  }

  @Test
  void a_head_with_too_many_fields_is_431() throws Exception {
    open(limits(LONG, LONG, LONG));

    assertThat(shop.ask("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(10) + "\r\n").status())
        .isEqualTo(431);
    assertThat(shop.ask("GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(9) + "\r\n").status())
        .isEqualTo(200);
  }

  @Test
  void a_body_that_is_too_long_is_413() throws Exception {
    open(limits(LONG, LONG, LONG));

    assertThat(shop.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n").status())
        .isEqualTo(413);
    assertThat(
            shop.ask(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3e9\r\n"
                        + "a".repeat(1001))
                .status())
        .isEqualTo(413);
    assertThat(backend.seen).isEmpty();
  }

  @Test
  void a_head_that_comes_too_slowly_is_408() throws Exception {
    open(limits(SHORT, LONG, LONG));
    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\n");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void a_body_that_stops_is_408() throws Exception {
    open(limits(LONG, SHORT, LONG));
    try (RawClient client = shop.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
      assertThat(client.answer().status()).isEqualTo(408);
      assertThat(client.isClosed()).isTrue();
    }
    await().until(() -> backend.open.get() == 0);
    assertThat(backend.seen).isEmpty();
  }

  @Test
  void a_connection_without_requests_is_closed() throws Exception {
    open(limits(LONG, LONG, SHORT));
    try (RawClient fresh = shop.client();
        RawClient used = shop.client()) {
      used.get("/");
      assertThat(fresh.isClosed()).isTrue();
      assertThat(used.isClosed()).isTrue();
    }
  }

  @Test
  void too_many_clients_are_closed_at_once() throws Exception {
    open(limits(LONG, LONG, LONG));
    List<RawClient> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(shop.client());
      assertThat(all.get(i).get("/").status()).isEqualTo(200);
    }
    try (RawClient beyond = shop.client()) {
      assertThat(beyond.rest()).isIn("", "(reset)");
    }
    all.removeFirst().close();
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> shop.get("/").status() == 200);
    for (RawClient client : all) {
      client.close();
    }
  }
}
