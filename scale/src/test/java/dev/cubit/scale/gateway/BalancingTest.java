package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Balancing.Policy;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.HeaderMatch;
import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the gateway spreads requests, and protects clones: through its door. */
class BalancingTest {
  private static final Balancing USUAL = Balancing.usual();
  private final Shop shop = Shop.closed();

  @AfterEach
  void close() {
    shop.close();
  }

  private static Balancing balancing(
      Policy policy,
      Balancing.Bounds bounds,
      Balancing.Ejection ejection,
      Optional<Balancing.Rate> rate,
      Duration slowStart) {
    return new Balancing(
        policy, USUAL.timeouts(), bounds, USUAL.retries(), ejection, rate, slowStart);
  }

  private static Balancing by(Policy policy) {
    return balancing(policy, USUAL.bounds(), USUAL.ejection(), Optional.empty(), Duration.ZERO);
  }

  private void open(Balancing how, Backend... backends) throws Exception {
    shop.balancing(how).service("shop", Route.to("/")).open().admit("shop", backends);
  }

  private static String get(String fields) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  }

  private static Balancing ejecting(int failures) {
    return balancing(
        new Policy.RoundRobin(),
        USUAL.bounds(),
        new Balancing.Ejection(failures, 0, Duration.ofHours(1), 0.5),
        Optional.empty(),
        Duration.ZERO);
  }

  private static Backend failing() throws Exception {
    return Backend.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void one_that_fails_again_and_again_is_left_alone() throws Exception {
    Backend bad = failing();
    open(ejecting(3), Backend.saying("good"), bad);

    for (int i = 0; i < 40; i++) {
      shop.get("/");
    }

    assertThat(bad.seen).hasSize(3);
    assertThat(shop.counts().ejections()).isEqualTo(1);
  }

  @Test
  void where_all_fail_all_are_asked() throws Exception {
    Backend one = failing();
    Backend other = failing();
    open(ejecting(3), one, other);

    for (int i = 0; i < 40; i++) {
      assertThat(shop.get("/").status()).isEqualTo(503);
    }

    assertThat(one.seen.size()).isGreaterThan(10);
    assertThat(other.seen.size()).isGreaterThan(10);
  }

  @Test
  void beyond_its_rate_a_key_gets_429_and_another_does_not() throws Exception {
    Balancing.Rate rate =
        new Balancing.Rate(Optional.of(new KeySource.Header("x-customer")), 0.001, 2);
    Backend backend = Backend.saying("hello");
    open(
        balancing(
            USUAL.policy(), USUAL.bounds(), USUAL.ejection(), Optional.of(rate), Duration.ZERO),
        backend);

    assertThat(shop.ask(get("X-Customer: a\r\n")).status()).isEqualTo(200);
    assertThat(shop.ask(get("X-Customer: a\r\n")).status()).isEqualTo(200);
    RawClient.Answer third = shop.ask(get("X-Customer: a\r\n"));
    assertThat(third.status()).isEqualTo(429);
    assertThat(Integer.parseInt(third.field("retry-after"))).isBetween(900, 1000);
    assertThat(third.body()).contains("\"service\":\"shop\"");
    assertThat(shop.ask(get("X-Customer: b\r\n")).status()).isEqualTo(200);
    assertThat(shop.counts().limited()).isEqualTo(1);
    assertThat(backend.seen).hasSize(3);
  }

  @Test
  void what_finds_no_place_to_wait_is_shed_with_503() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Backend slow = Backend.waiting(asked, go, "late");
    open(
        balancing(
            USUAL.policy(),
            new Balancing.Bounds(1, 1, 0),
            USUAL.ejection(),
            Optional.empty(),
            Duration.ZERO),
        slow);
    try (RawClient first = shop.client()) {
      first.send(get(""));
      asked.await();

      RawClient.Answer second = shop.get("/");
      assertThat(second.status()).isEqualTo(503);
      assertThat(second.field("retry-after")).isEqualTo("1");
      assertThat(shop.counts().shed()).isEqualTo(1);

      go.countDown();
      assertThat(first.answer().body()).isEqualTo("late");
    }
  }

  @Test
  void a_cookie_brings_a_client_back_and_is_set_once() throws Exception {
    open(
        by(new Policy.Sticky("CLONE")),
        Backend.saying("1"),
        Backend.saying("2"),
        Backend.saying("3"));

    RawClient.Answer first = shop.get("/");
    String cookie = first.field("set-cookie");
    assertThat(cookie).matches("CLONE=[0-9a-f]{16}; Path=/; HttpOnly; SameSite=Lax");
    for (int i = 0; i < 20; i++) {
      RawClient.Answer again = shop.ask(get("Cookie: a=b; " + cookie.split(";", -1)[0] + "\r\n"));
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.field("set-cookie")).isEmpty();
    }
  }

  @Test
  void requests_of_a_key_go_to_one_clone_and_keys_to_all() throws Exception {
    Backend[] backends = {Backend.saying("1"), Backend.saying("2"), Backend.saying("3")};
    open(by(new Policy.Hash(new KeySource.Header("x-customer"))), backends);

    for (int key = 0; key < 30; key++) {
      String first = shop.ask(get("X-Customer: " + key + "\r\n")).body();
      assertThat(shop.ask(get("X-Customer: " + key + "\r\n")).body()).isEqualTo(first);
    }
    assertThat(backends).allSatisfy(b -> assertThat(b.seen).isNotEmpty());
  }

  @Test
  void clones_that_are_equally_fresh_share_equally() throws Exception {
    Backend old = Backend.saying("old");
    Backend fresh = Backend.saying("fresh");
    open(
        balancing(
            new Policy.RoundRobin(),
            USUAL.bounds(),
            USUAL.ejection(),
            Optional.empty(),
            Duration.ofHours(1)),
        old,
        fresh);

    for (int i = 0; i < 10; i++) {
      shop.get("/");
    }
    assertThat(old.seen.size()).isBetween(4, 6);
  }

  private static Version version(String name, int weight, Optional<HeaderMatch> header) {
    return new Version(name, List.of("x"), Map.of(), weight, header);
  }

  private void versions(int stable, int canary) {
    versions(stable, canary, by(new Policy.TwoChoices()));
  }

  private void versions(int stable, int canary, Balancing how) {
    versions(stable, canary, how, Optional.empty());
  }

  private void versions(int stable, int canary, Balancing how, Optional<Partitioning> shared) {
    shop.services.add(
        new ServicePlan(
            "shop",
            List.of(Route.to("/")),
            new Origin.Started(
                List.of(
                    version("stable", stable, Optional.empty()),
                    version("canary", canary, Optional.of(new HeaderMatch("x-canary", "yes"))))),
            Path.of("."),
            Map.of(),
            1,
            Care.usual(),
            how,
            shared));
  }

  private void admit(String version, int number, Backend backend) {
    shop.gateway()
        .admit(
            new Endpoint(
                "shop", version, "", "shop." + number, "127.0.0.1", backend.port(), false));
  }

  @Test
  void a_header_leads_to_the_canary_and_nothing_else_does() throws Exception {
    versions(1, 0);
    shop.open();
    admit("stable", 1, Backend.saying("stable"));
    admit("canary", 2, Backend.saying("canary"));

    for (int i = 0; i < 20; i++) {
      assertThat(shop.get("/").body()).isEqualTo("stable");
      assertThat(shop.ask(get("X-Canary: yes\r\n")).body()).isEqualTo("canary");
    }
  }

  @Test
  void versions_share_by_weight_however_many_clones_each_has() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("weights of versions: seed " + seed);
    versions(9, 1);
    shop.seed(seed).open();
    Backend canary = Backend.saying("canary");
    admit("stable", 1, Backend.saying("stable"));
    admit("canary", 2, canary);
    admit("canary", 3, canary);

    try (RawClient client = shop.client()) {
      for (int i = 0; i < 2_000; i++) {
        client.get("/");
      }
    }
    // 200, five standard deviations
    assertThat(canary.seen.size()).as("seed %d", seed).isBetween(130, 270);
  }

  private static String canary() {
    return get("X-Canary: yes\r\n");
  }

  private static void eventually(BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static Balancing oneAtATime() {
    return balancing(
        new Policy.TwoChoices(),
        new Balancing.Bounds(1, 1, 10),
        USUAL.ejection(),
        Optional.empty(),
        Duration.ZERO);
  }

  @Test
  void who_waits_for_a_busy_version_holds_up_nobody_else() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch stableAsked = new CountDownLatch(1);
    CountDownLatch stableGo = new CountDownLatch(1);
    versions(1, 0, oneAtATime());
    shop.open();
    admit("stable", 1, Backend.waiting(stableAsked, stableGo, "canary"));
    admit("canary", 2, Backend.waiting(asked, go, "canary"));

    try (RawClient one = shop.client();
        RawClient two = shop.client();
        RawClient three = shop.client();
        RawClient four = shop.client()) {
      one.send(canary());
      two.send(get(""));
      asked.await();
      stableAsked.await();
      three.send(canary());
      eventually(() -> shop.counts().inFlight() == 3);
      four.send(get(""));
      eventually(() -> shop.counts().inFlight() == 4);
      stableGo.countDown();

      assertThat(two.answer().status()).isEqualTo(200);
      assertThat(four.answer().status()).isEqualTo(200);
      go.countDown();
      assertThat(one.answer().status()).isEqualTo(200);
      assertThat(three.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void who_waits_for_a_version_that_is_taken_out_goes_to_the_others() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    versions(1, 0, oneAtATime());
    shop.open();
    admit("stable", 1, Backend.saying("stable"));
    admit("canary", 2, Backend.waiting(asked, go, "canary"));

    try (RawClient one = shop.client();
        RawClient two = shop.client()) {
      one.send(canary());
      asked.await();
      two.send(canary());
      eventually(() -> shop.counts().inFlight() == 2);
      shop.services.clear();
      shop.balancing(oneAtATime()).service("shop", Route.to("/"));
      shop.gateway().apply(shop.topology());

      assertThat(two.answer().body()).isEqualTo("stable");
      go.countDown();
      assertThat(one.answer().body()).isEqualTo("canary");
    }
  }
}
