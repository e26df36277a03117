package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.KeySource;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.FanOut;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys whose requests wait while they get another home. */
class HeldKeysTest {
  private static final Range MOVING = new Range("F-L", "F", "L");

  private final Shop shop = Shop.closed();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    shop.close();
  }

  private static Partitioning plan(Range... ranges) {
    return new Partitioning(
        new KeySource.PathSegment(1),
        Folding.UPPER,
        Stream.of(ranges).map(range -> new Partition(range.partition(), Map.of())).toList(),
        new Scheme.ByRange(List.of(ranges), Optional.empty()),
        FanOut.STRICT,
        Optional.empty());
  }

  private void open() throws ScaleException {
    shop.partitioned(
            "products",
            plan(new Range("A-L", "A", "L"), new Range("M-Z", "M", "Z")),
            Route.to("/products"))
        .open();
  }

  private void split() throws ScaleException {
    shop.services.clear();
    shop.partitioned(
        "products",
        plan(new Range("A-E", "A", "E"), MOVING, new Range("M-Z", "M", "Z")),
        Route.to("/products"));
    shop.gateway().apply(shop.topology());
  }

  private CompletableFuture<String> asks(String method, String key) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            RawClient.Answer answer =
                shop.ask(
                    method
                        + " /products/"
                        + key
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
            return answer.status() + " " + answer.body();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private void awaitInFlight(long wanted) throws InterruptedException {
    for (int i = 0; i < 500 && shop.countsOf("products").inFlight() != wanted; i++) {
      Thread.sleep(10);
    }
    assertThat(shop.countsOf("products").inFlight()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void they_wait_and_go_to_whom_the_map_then_says(int loops) throws Exception {
    shop.workers(loops);
    open();
    try (Backend old = Backend.saying("old");
        Backend lower = Backend.saying("lower");
        Backend upper = Backend.saying("upper");
        Backend rest = Backend.saying("rest")) {
      shop.admitTo("products", "A-L", old).admitTo("products", "M-Z", rest);
      shop.admitTo("products", "A-E", lower).admitTo("products", "F-L", upper);
      shop.gateway().hold("products", MOVING);
      List<CompletableFuture<String>> waiting =
          Stream.of("fig", "Lz", "Grape", "Kiwi").map(key -> asks("PUT", key)).toList();
      awaitInFlight(4);
      assertThat(asks("PUT", "apple").join()).isEqualTo("200 old");
      assertThat(asks("PUT", "plum").join()).isEqualTo("200 rest");
      assertThat(shop.get("/products/Elder").body()).isEqualTo("old");
      assertThat(old.seen).hasSize(2);

      split();
      assertThat(asks("PUT", "apple").join()).isEqualTo("200 lower");
      assertThat(upper.seen).isEmpty();
      shop.gateway().release("products");

      assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo("200 upper"));
      assertThat(asks("PUT", "fig").join()).isEqualTo("200 upper");
      awaitInFlight(0);
    }
  }

  @Test
  void where_nothing_comes_of_it_they_go_where_they_went() throws Exception {
    open();
    try (Backend old = Backend.saying("old")) {
      shop.admitTo("products", "A-L", old);
      shop.gateway().hold("products", MOVING);
      CompletableFuture<String> waiting = asks("PUT", "fig");
      awaitInFlight(1);
      shop.gateway().apply(shop.topology()); // something else was reloaded
      assertThat(old.seen).isEmpty();
      shop.gateway().release("products");

      assertThat(waiting.join()).isEqualTo("200 old");
    }
  }

  @Test
  void what_is_under_way_is_counted_until_it_is_answered() throws Exception {
    open();
    try (Backend old = Backend.waiting(asked, go, "old")) {
      shop.admitTo("products", "A-L", old);
      CompletableFuture<String> under = asks("PUT", "fig");
      asked.await();
      CompletableFuture<String> other = asks("PUT", "apple");
      awaitInFlight(2);
      shop.gateway().hold("products", MOVING);
      CompletableFuture<String> held = asks("PUT", "grape");
      awaitInFlight(3);

      assertThat(shop.gateway().underWay("products", MOVING)).isEqualTo(1);
      go.countDown();
      assertThat(under.join()).isEqualTo("200 old");
      assertThat(other.join()).isEqualTo("200 old");
      awaitInFlight(1);
      assertThat(shop.gateway().underWay("products", MOVING)).isZero();
      shop.gateway().release("products");
      assertThat(held.join()).isEqualTo("200 old");
    }
  }

  @Test
  void those_that_wait_for_a_free_clone_already_are_held_as_well() throws Exception {
    open();
    CompletableFuture<String> early = asks("PUT", "fig");
    CompletableFuture<String> other = asks("PUT", "apple");
    awaitInFlight(2);
    shop.gateway().hold("products", MOVING);
    try (Backend old = Backend.saying("old");
        Backend upper = Backend.saying("upper")) {
      shop.admitTo("products", "A-L", old).admitTo("products", "F-L", upper);
      assertThat(other.join()).isEqualTo("200 old");
      assertThat(old.seen).hasSize(1);
      split();
      shop.gateway().release("products");
      assertThat(early.join()).isEqualTo("200 upper");
    }
  }

  @Test
  void their_time_and_number_are_bounded_as_usual() throws Exception {
    shop.bounds(10, 1)
        .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMillis(400));
    open();
    try (Backend old = Backend.saying("old")) {
      shop.admitTo("products", "A-L", old);
      shop.gateway().hold("products", MOVING);
      CompletableFuture<String> first = asks("PUT", "fig");
      awaitInFlight(1);
      assertThat(asks("PUT", "grape").join()).startsWith("503 ");
      assertThat(first.join()).startsWith("503 ");
      assertThat(old.seen).isEmpty();
      shop.gateway().release("products");
      assertThat(asks("PUT", "fig").join()).isEqualTo("200 old");
    }
  }
}
