package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that come and go, and the gateway's own end: without losing a request. */
class ComingAndGoingTest {
  private final Shop shop = Shop.closed().service("shop", Route.to("/"));

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_drained_endpoint_answers_what_it_has_and_gets_nothing_new() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    Backend old =
        Backend.of(
            (request, talk) -> {
              mayAnswer.await();
              talk.say(Backend.ok("old"));
              return true;
            });
    Backend fresh = Backend.saying("new");
    shop.workers(2).open().admit("shop", old);
    try (RawClient slow = shop.client()) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> !old.seen.isEmpty());
      shop.gateway().admit(Shop.endpoint("shop", 2, fresh.port()));

      CompletableFuture<Void> drained = shop.gateway().drain(Shop.endpoint("shop", 1, old.port()));

      for (int i = 0; i < 50; i++) {
        assertThat(shop.get("/").body()).isEqualTo("new");
      }
      assertThat(drained).isNotDone();
      mayAnswer.countDown();
      assertThat(slow.answer().body()).isEqualTo("old");
      drained.get(5, TimeUnit.SECONDS);
      await().until(() -> old.open.get() == 0);
      assertThat(shop.gateway().requests(Shop.endpoint("shop", 1, old.port()))).isEqualTo(1);
    }
  }

  @Test
  void an_endpoint_that_has_nothing_is_drained_at_once_and_may_come_back() throws Exception {
    Backend backend = Backend.saying("hello");
    Endpoint endpoint = Shop.endpoint("shop", 1, backend.port());
    shop.open().admit("shop", backend);
    assertThat(shop.get("/").status()).isEqualTo(200);

    shop.gateway().drain(endpoint).get(5, TimeUnit.SECONDS);
    shop.gateway().admit(endpoint);

    assertThat(shop.get("/").status()).isEqualTo(200);
    assertThat(shop.gateway().requests(endpoint)).isEqualTo(2);
    shop.gateway().drain(endpoint).join();
    shop.gateway().forget(endpoint);
    assertThat(shop.gateway().requests(endpoint)).isZero();
    assertThat(shop.gateway().statistics().endpoints()).isEmpty();
    assertThat(shop.counts().succeeded()).isEqualTo(2);
  }

  @Test
  void requests_spread_evenly() throws Exception {
    Backend[] backends = {Backend.saying("a"), Backend.saying("b"), Backend.saying("c")};
    shop.open().admit("shop", backends);
    try (RawClient client = shop.client()) {
      for (int i = 0; i < 3000; i++) {
        client.get("/");
      }
    }
    for (Backend backend : backends) {
      assertThat(backend.seen.size()).isBetween(850, 1150);
    }
  }

  /** Clients that ask one request after the other on kept connections, until told to close. */
  private List<Thread> asking(int clients, AtomicInteger answered, List<Throwable> lost) {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int pause = i % 8;
      all.add(
          Thread.startVirtualThread(
              () -> {
                try (RawClient client = shop.client()) {
                  boolean goesOn = true;
                  while (goesOn) {
                    RawClient.Answer answer = client.get("/");
                    if (answer.status() != 200) {
                      throw new IOException("answered " + answer.head());
                    }
                    answered.incrementAndGet();
                    goesOn = !answer.field("connection").equals("close");
                    Thread.sleep(pause); // a client thinks
                  }
                } catch (Exception e) {
                  synchronized (lost) {
                    lost.add(e);
                  }
                }
              }));
    }
    return all;
  }

  @Test
  void closing_loses_no_request_of_kept_connections() throws Exception {
    Backend backend = Backend.saying("hello");
    shop.workers(2).open().admit("shop", backend);
    AtomicInteger answered = new AtomicInteger();
    List<Throwable> lost = new ArrayList<>();
    List<Thread> clients = asking(40, answered, lost);
    await().until(() -> answered.get() > 500);

    shop.gateway().close(Duration.ofSeconds(5));

    for (Thread client : clients) {
      client.join();
    }
    assertThat(lost).isEmpty();
    assertThat(backend.seen).hasSize(answered.get());
  }

  @Test
  void replacing_endpoints_under_load_loses_nothing() throws Exception {
    shop.workers(2).open();
    List<Backend> all = new ArrayList<>();
    all.add(Backend.saying("0"));
    shop.gateway().admit(Shop.endpoint("shop", 0, all.getFirst().port()));
    AtomicInteger answered = new AtomicInteger();
    List<Throwable> lost = new ArrayList<>();
    List<Thread> clients = asking(20, answered, lost);
    for (int i = 1; i <= 20; i++) {
      Backend fresh = Backend.saying("" + i);
      shop.gateway().admit(Shop.endpoint("shop", i, fresh.port()));
      Backend old = all.getLast();
      Endpoint leaving = Shop.endpoint("shop", i - 1, old.port());
      shop.gateway().drain(leaving).get(5, TimeUnit.SECONDS);
      shop.gateway().forget(leaving);
      old.close();
      all.add(fresh);
      int before = answered.get();
      await().until(() -> answered.get() > before + 20);
    }
    shop.gateway().close(Duration.ofSeconds(5));
    for (Thread client : clients) {
      client.join();
    }

    assertThat(lost).isEmpty();
  }

  @Test
  void closing_waits_for_what_is_under_way_and_tells_that_it_was_the_last() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    Backend backend =
        Backend.of(
            (request, talk) -> {
              mayAnswer.await();
              talk.say(Backend.ok("hello"));
              return true;
            });
    shop.open().admit("shop", backend);
    try (RawClient client = shop.client();
        RawClient idle = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> !backend.seen.isEmpty());
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(() -> shop.gateway().close(Duration.ofSeconds(10)));
      assertThat(idle.isClosed()).isTrue();
      mayAnswer.countDown();
      RawClient.Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.field("connection")).isEqualTo("close");
      client.close();
      idle.close();
      closing.join();
    }
  }

  @Test
  void closing_does_not_wait_for_ever() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Backend backend =
        Backend.of(
            (request, talk) -> {
              over.await();
              return false;
            });
    shop.open().admit("shop", backend);
    try (RawClient client = shop.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> !backend.seen.isEmpty());

      shop.gateway().close(Duration.ofMillis(200));

      assertThat(client.rest()).isIn("", "(reset)");
    }
    over.countDown();
  }

  @Test
  void a_port_that_is_taken_is_said_in_a_sentence() throws Exception {
    shop.open();
    GatewayPlan taken = GatewayPlan.on(shop.gateway().port());

    assertThatThrownBy(() -> Gateway.start(taken))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("as another program does");
  }

  @Test
  void each_request_is_told_of_once_it_has_ended() throws Exception {
    List<Access> told = new CopyOnWriteArrayList<>();
    shop.telling(told::addAll).open().admit("shop", Backend.saying("hello"));
    long before = System.currentTimeMillis();

    shop.ask("POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");

    await().until(() -> !told.isEmpty());
    Access access = told.getFirst();
    assertThat(access.method()).isEqualTo("POST");
    assertThat(access.target()).isEqualTo("/a?b");
    assertThat(access.client()).isEqualTo("127.0.0.1");
    assertThat(access.service()).isEqualTo("shop");
    assertThat(access.endpoint()).isEqualTo("shop.1");
    assertThat(access.attempts()).isEqualTo(1);
    assertThat(access.status()).isEqualTo(200);
    assertThat(access.at().toEpochMilli()).isGreaterThanOrEqualTo(before);
    assertThat(access.nanos()).isPositive();
    assertThat(access.bytesIn()).isGreaterThan(100);
    assertThat(access.bytesOut()).isGreaterThan(40);
  }

  @Test
  void requests_that_reach_no_service_are_told_of_as_well() throws Exception {
    List<Access> told = new CopyOnWriteArrayList<>();
    shop.services.clear();
    shop.telling(told::addAll).open();

    shop.get("/a");
    shop.ask("nonsense\r\n\r\n");
    shop.ask("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");

    await().until(() -> told.size() == 3);
    assertThat(told).extracting(Access::status).containsExactly(404, 400, 405);
    assertThat(told).extracting(Access::target).containsExactly("/a", "", "");
    assertThat(shop.gateway().statistics().ownAnswers())
        .containsOnlyKeys(404, 400, 405)
        .containsValue(1L);
  }

  @Test
  void statistics_count_by_service_and_endpoint() throws Exception {
    Backend backend =
        Backend.of(
            (request, talk) -> {
              String status = request.line().split("[ /]", -1)[2];
              talk.say("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n");
              return true;
            });
    shop.workers(2).open().admit("shop", backend);
    for (String status : List.of("200", "204", "302", "404", "404", "500")) {
      shop.get("/" + status);
    }
    shop.ask("nonsense\r\n\r\n");

    Statistics statistics = shop.gateway().statistics();

    assertThat(statistics.ownAnswers()).containsEntry(400, 1L);
    for (Statistics.Counts counts :
        List.of(shop.counts(), shop.counts(Shop.endpoint("shop", 1, backend.port())))) {
      assertThat(counts.requests()).isEqualTo(6);
      assertThat(counts.succeeded()).isEqualTo(2);
      assertThat(counts.redirected()).isEqualTo(1);
      assertThat(counts.clientErrors()).isEqualTo(2);
      assertThat(counts.serverErrors()).isEqualTo(1);
      assertThat(counts.inFlight()).isZero();
      assertThat(counts.errors()).isEmpty();
      assertThat(counts.latencyMicros().getTotalCount()).isEqualTo(6);
      assertThat(counts.bytesIn()).isGreaterThan(600);
      assertThat(counts.bytesOut()).isGreaterThan(200);
    }
  }
}
