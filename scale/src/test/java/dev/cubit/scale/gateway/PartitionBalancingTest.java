package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Balancing.Policy;
import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each partition is balanced and protected as a service of its own is. */
class PartitionBalancingTest {
  private static final Balancing USUAL = Balancing.usual();
  private final Shop shop = Shop.closed();

  @AfterEach
  void close() {
    shop.close();
  }

  private static Partitioning halves(Partitioning.FanOut fanOut) {
    return new Partitioning(
        new KeySource.PathSegment(1),
        Partitioning.Folding.UPPER,
        List.of(
            new Partitioning.Partition("A-L", Map.of()),
            new Partitioning.Partition("M-Z", Map.of())),
        new Partitioning.Scheme.ByRange(
            List.of(
                new Partitioning.Range("A-L", "A", "L"), new Partitioning.Range("M-Z", "M", "Z")),
            Optional.empty()),
        fanOut,
        Optional.empty());
  }

  private static Balancing by(Policy policy, Balancing.Bounds bounds, double most) {
    return new Balancing(
        policy,
        USUAL.timeouts(),
        bounds,
        USUAL.retries(),
        new Balancing.Ejection(3, 0, Duration.ofHours(1), most),
        Optional.empty(),
        Duration.ZERO);
  }

  private void open(Balancing how, Partitioning.FanOut fanOut) throws Exception {
    shop.balancing(how).partitioned("shop", halves(fanOut), Route.to("/products")).open();
  }

  private static Backend failing() throws Exception {
    return Backend.answering("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
  }

  private static Backend shelf(String partition) throws Exception {
    return Shelf.of(partition).backend();
  }

  private long ejections(int partition) {
    return shop.gateway().partitions("shop").get(partition).counts().ejections();
  }

  @Test
  void a_clone_is_judged_among_those_of_its_partition() throws Exception {
    Backend bad = failing();
    Backend worse = failing();
    Backend worst = failing();
    open(by(new Policy.RoundRobin(), USUAL.bounds(), 0.5), Partitioning.FanOut.STRICT);
    shop.admitTo("shop", "A-L", shelf("A-L"), bad).admitTo("shop", "M-Z", worse, worst);

    for (int i = 0; i < 40; i++) {
      shop.get("/products/apple");
      assertThat(shop.get("/products/milk").status()).isEqualTo(503);
    }

    assertThat(bad.seen).hasSize(3);
    assertThat(ejections(0)).isEqualTo(1);
    // both of a partition are half of the service's, but all that its keys have
    assertThat(worse.seen.size()).isGreaterThan(10);
    assertThat(worst.seen.size()).isGreaterThan(10);
  }

  @Test
  void a_request_for_all_partitions_learns_and_leaves_alone_as_one_with_a_key() throws Exception {
    Backend bad = failing();
    open(by(new Policy.RoundRobin(), USUAL.bounds(), 0.5), Partitioning.FanOut.PARTIAL);
    shop.admitTo("shop", "A-L", shelf("A-L"), bad).admitTo("shop", "M-Z", shelf("M-Z"));

    for (int i = 0; i < 20; i++) {
      shop.get("/products");
    }
    assertThat(bad.seen).hasSize(3);
    assertThat(ejections(0)).isEqualTo(1);
    assertThat(shop.get("/products").field("x-cubit-partial")).isEmpty();
  }

  @Test
  void a_request_for_all_partitions_waits_for_nobody_where_all_of_one_are_left_alone()
      throws Exception {
    open(by(new Policy.RoundRobin(), USUAL.bounds(), 1), Partitioning.FanOut.PARTIAL);
    shop.admitTo("shop", "A-L", failing()).admitTo("shop", "M-Z", shelf("M-Z"));
    for (int i = 0; i < 3; i++) {
      shop.get("/products/apple");
    }

    RawClient.Answer list = shop.get("/products");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.field("x-cubit-partial")).isEqualTo("A-L");
  }

  @Test
  void the_lists_of_a_key_are_asked_of_the_same_clones() throws Exception {
    Backend one = shelf("A-L");
    Backend other = shelf("A-L");
    open(
        by(new Policy.Hash(new KeySource.Header("x-customer")), USUAL.bounds(), 0.5),
        Partitioning.FanOut.STRICT);
    shop.admitTo("shop", "A-L", one, other).admitTo("shop", "M-Z", shelf("M-Z"));

    for (int i = 0; i < 10; i++) {
      shop.ask("GET /products HTTP/1.1\r\nHost: a\r\nX-Customer: 7\r\n\r\n");
    }
    assertThat(List.of(one.seen.size(), other.seen.size())).containsExactlyInAnyOrder(0, 10);
  }

  @Test
  void each_partition_sheds_what_finds_no_place_to_wait_for_it() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Backend slow = Backend.waiting(asked, go, "late");
    open(
        by(new Policy.TwoChoices(), new Balancing.Bounds(1, 1, 0), 0.5),
        Partitioning.FanOut.PARTIAL);
    shop.admitTo("shop", "A-L", slow).admitTo("shop", "M-Z", shelf("M-Z"));

    try (RawClient first = shop.client()) {
      first.send("GET /products/apple HTTP/1.1\r\nHost: a\r\n\r\n");
      asked.await();
      assertThat(shop.get("/products/banana").status()).isEqualTo(503);
      assertThat(shop.get("/products/milk").body()).isEqualTo("M-Z");
      assertThat(shop.get("/products").field("x-cubit-partial")).isEqualTo("A-L");
      go.countDown();
      assertThat(first.answer().body()).isEqualTo("late");
    }
    assertThat(shop.counts().shed()).isEqualTo(1);
    assertThat(shop.gateway().partitions("shop").get(0).counts().shed()).isEqualTo(2);
  }
}
