package dev.cubit.products;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.server.Program;
import dev.cubit.store.Client;
import dev.cubit.store.Database;
import dev.cubit.store.DatabaseUrl;
import dev.cubit.store.RunningService;
import dev.cubit.store.TestDatabase;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.RestSetup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys get from one database to another, on two servers where there are servers. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
final class MoverTest {
  private static final KeyRange M_TO_Z = new KeyRange("M", "Z", true);
  private static final Product.Details DETAILS = new Product.Details(100, "EUR", 1);

  private final TestDatabase kind;
  private String fromUrl = "";
  private String toUrl = "";
  private Database from;
  private Database to;

  @SuppressWarnings("NullAway.Init") // JUnit calls open() first.
  MoverTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() throws Exception {
    fromUrl = kind.url(0);
    toUrl = kind.url(1);
    from = open(fromUrl);
    to = open(toUrl);
  }

  @AfterEach
  void close() {
    from.close();
    to.close();
  }

  /**
   * Eight clients make, change and remove products all the time, each its own, so that it knows
   * what has to be there in the end. They stop writing the keys that move only while the last round
   * runs.
   */
  @Test
  void nothing_is_lost_while_clients_write() throws Exception {
    var expected = new ConcurrentSkipListMap<String, Long>();
    var held = new ReentrantReadWriteLock(true);
    var ended = new AtomicBoolean();
    var writes = new AtomicLong();
    var failures = new ArrayList<Throwable>();
    var clients = new ArrayList<Thread>();
    try (var service = new RunningService(Products.setup(), Map.of("DATABASE_URL", fromUrl))) {
      for (int i = 0; i < 8; i++) {
        int number = i;
        clients.add(
            Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, e) -> failures.add(e))
                .start(() -> write(service.client(), number, expected, held, ended, writes)));
      }
      await().until(() -> writes.get() > 400 || !failures.isEmpty());
      var mover = new Mover(from, to, M_TO_Z);

      var copied = mover.copy();
      long before = writes.get();
      await().until(() -> writes.get() > before + 200 || !failures.isEmpty());
      mover.copy();
      held.writeLock().lock();
      try {
        mover.finish();
        assertThat(stocks(to)).isEqualTo(inRange(expected)).isNotEmpty();
      } finally {
        held.writeLock().unlock();
        ended.set(true);
      }
      for (var client : clients) {
        assertThat(client.join(Duration.ofSeconds(30))).isTrue();
      }
      assertThat(failures).isEmpty();
      assertThat(copied.products()).isPositive();
    }
  }

  /** What arrives later has to be newer, and clients' tags stay good. */
  @Test
  void versions_go_with_the_products_and_go_on() throws Exception {
    var source = new Catalogue(from);
    var product = put(source, "Melon");
    new Mover(from, to, M_TO_Z).finish();
    var destination = new Catalogue(to);

    assertThat(destination.find("Melon")).contains(product);
    put(source, "Apple");
    var next = put(destination, "Melon");
    assertThat(next.version()).isGreaterThan(product.version());
    new Mover(from, to, M_TO_Z).finish();
    assertThat(destination.find("Melon")).as("the newer one stays").contains(next);
  }

  @Test
  void removals_are_changes_too() throws Exception {
    var source = new Catalogue(from);
    put(source, "Melon");
    put(source, "Pear");
    var mover = new Mover(from, to, M_TO_Z);
    mover.copy();
    source.change("Melon", current -> Optional.empty());
    source.change("Pear", current -> Optional.empty());
    var pear = put(source, "Pear");

    mover.finish();

    assertThat(new Catalogue(to).page("", "", 10)).containsExactly(pear);
  }

  /** More of them than a batch, so that it takes several. */
  @Test
  void what_has_arrived_is_removed_at_the_source_and_nothing_else() throws Exception {
    var source = new Catalogue(from);
    var names = new ArrayList<String>();
    for (int i = 0; i < 700; i++) {
      names.add((i % 7 == 0 ? "a" : "m") + i);
    }
    from.write(
        connection -> {
          try (var insert =
              connection.prepareStatement("INSERT INTO product VALUES (?, 1, 'EUR', 1, 0)")) {
            for (var name : names) {
              insert.setString(1, name);
              insert.executeUpdate();
            }
          }
          return 0;
        });
    var mover = new Mover(from, to, M_TO_Z);

    assertThat(mover.copy().products()).isEqualTo(600);
    assertThatThrownBy(mover::remove)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("--final");
    mover.finish();
    assertThat(mover.remove().products()).isEqualTo(600);

    assertThat(stocks(from).keySet()).hasSize(100).allMatch(name -> name.startsWith("a"));
    assertThat(stocks(to).keySet()).hasSize(600).allMatch(name -> name.startsWith("m"));
    assertThat(mover.remove().products()).as("again").isZero();
    assertThat(source.find("m1")).isEmpty();
  }

  @Test
  void what_was_written_after_the_last_round_is_not_removed() throws Exception {
    var source = new Catalogue(from);
    put(source, "Melon");
    var mover = new Mover(from, to, M_TO_Z);
    mover.finish();
    var late = put(source, "Melon");

    assertThatThrownBy(mover::remove)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("'Melon' is newer");

    assertThat(source.find("Melon")).contains(late);
    mover.finish();
    assertThat(mover.remove().products()).isEqualTo(1);
    assertThat(new Catalogue(to).find("Melon")).contains(late);
  }

  /** Broken off after it has begun to copy: a removal of before the second begin is not missed. */
  @Test
  void a_move_that_was_broken_off_misses_nothing() throws Exception {
    var source = new Catalogue(from);
    var melon = put(source, "Melon");
    var pear = put(source, "Pear");
    var arrivals = new Arrivals(to);
    var departures = new Departures(from);
    var begun =
        new Arrival(
            departures.identity(), M_TO_Z.word(), departures.lastChange(), Arrival.State.COPYING);
    arrivals.take(List.of(new Change.Stored(melon)), departures.lastChange(), begun);
    source.change("Melon", current -> Optional.empty());

    new Mover(from, to, M_TO_Z).finish();

    assertThat(new Catalogue(to).page("", "", 10)).containsExactly(pear);
  }

  @Test
  void keys_go_and_come_back() throws Exception {
    put(new Catalogue(from), "Melon");
    var there = new Mover(from, to, M_TO_Z);
    there.finish();
    there.remove();
    var changed = put(new Catalogue(to), "Melon");
    var back = new Mover(to, from, M_TO_Z);
    back.finish();
    back.remove();

    assertThat(new Catalogue(from).find("Melon")).contains(changed);
    there.finish();
    there.remove();

    assertThat(new Catalogue(to).find("Melon")).contains(changed);
    assertThat(stocks(from)).isEmpty();
  }

  @Test
  void a_destination_with_other_products_of_these_keys_is_refused() throws Exception {
    put(new Catalogue(to), "Melon");
    put(new Catalogue(to), "Apple");

    assertThatThrownBy(new Mover(from, to, M_TO_Z)::copy)
        .isInstanceOf(MoveException.class)
        .hasMessageContaining("the destination has 'Melon'");
    new Mover(from, to, new KeyRange("N", "Z", true)).copy();
  }

  @Test
  void the_program_does_a_step_and_says_what_it_did() throws Exception {
    put(new Catalogue(from), "Melon");
    put(new Catalogue(from), "Apple");
    var environment =
        Map.of(
            "FROM_DATABASE_URL",
            fromUrl,
            "TO_DATABASE_URL",
            toUrl,
            "KEYS_FROM",
            "M",
            "KEYS_TO",
            "Z");
    try (var early = Program.start(Products.class, environment, "move", "--remove")) {
      assertThat(early.exitCode()).isEqualTo(1);
      assertThat(early.err())
          .isEqualTo("products move: 'Melon' has never been moved; run move first\n");
    }
    try (var last = Program.start(Products.class, environment, "move", "--final")) {
      assertThat(last.exitCode()).as(last.err()).isZero();
      assertThat(last.out()).startsWith("copied 1 products, then 0 changes to the last");
    }
    try (var remove =
        Program.start(
            Products.class,
            Map.of(),
            "move",
            "--from",
            fromUrl,
            "--to=" + toUrl,
            "--keys",
            "M..Z",
            "--remove")) {
      assertThat(remove.exitCode()).as(remove.err()).isZero();
      assertThat(remove.out()).isEqualTo("removed 1 products at the source\n");
    }
    assertThat(stocks(to)).containsOnlyKeys("Melon");
    assertThat(stocks(from)).containsOnlyKeys("Apple");
  }

  private static void write(
      Client client,
      int number,
      Map<String, Long> expected,
      ReentrantReadWriteLock held,
      AtomicBoolean ended,
      AtomicLong writes) {
    var random = new Random(number);
    try {
      while (!ended.get()) {
        var name =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(random.nextInt(26))
                + "-"
                + number
                + "-"
                + random.nextInt(6);
        held.readLock().lock();
        try {
          if (ended.get()) {
            return;
          }
          int dice = random.nextInt(4);
          if (dice == 0) {
            var answer = client.send("DELETE", "/products/" + name, "");
            assertThat(answer.statusCode()).isEqualTo(expected.containsKey(name) ? 204 : 404);
            expected.remove(name);
          } else {
            long stock = random.nextInt(1_000_000);
            var answer =
                client.send(
                    "PUT",
                    "/products/" + name,
                    "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":" + stock + "}");
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            assertThat(JsonText.readObject(answer.body().getBytes(UTF_8)).path("stock").longValue())
                .isEqualTo(stock);
            expected.put(name, stock);
          }
          writes.incrementAndGet();
        } finally {
          held.readLock().unlock();
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Long> inRange(Map<String, Long> all) {
    var some = new TreeMap<>(all);
    some.keySet().removeIf(name -> !M_TO_Z.contains(name));
    return some;
  }

  private static Map<String, Long> stocks(Database database) throws Exception {
    var stocks = new TreeMap<String, Long>();
    for (var product : new Catalogue(database).page("", "", 100_000)) {
      stocks.put(product.name(), product.details().stock());
    }
    return stocks;
  }

  private static Product put(Catalogue catalogue, String name) throws Exception {
    return catalogue.change(name, current -> Optional.of(DETAILS)).product().orElseThrow();
  }

  private static Database open(String url) {
    return Database.open(
        DatabaseUrl.from(Map.of("DATABASE_URL", url), "", ""),
        RestSetup.migrations(Products.class),
        new Database.Pool(4, Duration.ofSeconds(10)),
        Optional.empty());
  }
}
