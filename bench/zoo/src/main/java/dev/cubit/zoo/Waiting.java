package dev.cubit.zoo;

import static dev.cubit.zoo.Truth.DISK;
import static dev.cubit.zoo.Truth.DOWNSTREAM;
import static dev.cubit.zoo.Truth.EVENT_LOOP;
import static dev.cubit.zoo.Truth.LOCK;
import static dev.cubit.zoo.Truth.PINNED;
import static dev.cubit.zoo.Truth.POOL;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Servers whose requests wait for something. */
final class Waiting {
  private static final String SMALL = "-Xmx256m";
  private static final String TWO_CARRIERS =
      SMALL
          + " -Djdk.virtualThreadScheduler.parallelism=2"
          + " -Djdk.virtualThreadScheduler.maxPoolSize=2";

  private Waiting() {}

  static List<Animal> all() {
    return Stream.of(locks(), pools(), loops(), pinned(), downstream(), disk())
        .flatMap(Collection::stream)
        .toList();
  }

  /** One at a time, by all the means there are. */
  static List<Animal> locks() {
    return List.of(
        new Animal(
                "lock-jdk-monitor",
                LOCK,
                SMALL,
                "-c 16",
                "/price",
                port -> JdkStack.threads(64).serve(port, new PriceList(500_000)))
            .withNeighbours(),
        new Animal(
            "lock-jdk-reentrant",
            LOCK,
            SMALL,
            "-c 16",
            "/booking",
            port -> JdkStack.threads(64).serve(port, new Booking(Duration.ofMillis(5)))),
        new Animal(
            "lock-virtual-monitor",
            LOCK,
            SMALL,
            "-c 16",
            "/seat",
            port -> JdkStack.virtualThreads().serve(port, new SeatPlan(Duration.ofMillis(4)))),
        new Animal(
                "lock-virtual-reentrant",
                LOCK,
                SMALL,
                "-c 16",
                "/ticket",
                port -> JdkStack.virtualThreads().serve(port, new TicketNumbers(500_000)))
            .withNeighbours(),
        new Animal(
            "lock-servlet-compute",
            LOCK,
            SMALL,
            "-c 16",
            "/visits?page=home",
            port -> new ServletStack(200).serve(port, new VisitCounts(600_000))),
        new Animal(
                "lock-servlet-readwrite",
                LOCK,
                SMALL,
                "-c 16",
                "/departures",
                port -> new ServletStack(200).serve(port, new Timetable(Duration.ofMillis(5))))
            .withNeighbours(),
        new Animal(
            "lock-vertx-map",
            LOCK,
            SMALL,
            "-c 16",
            "/wish",
            port -> VertxStack.onWorkers(64).serve(port, new Wishlists(300_000))));
  }

  /** Few of something that is kept for long: threads, connections, permits. */
  static List<Animal> pools() {
    return List.of(
        new Animal(
            "pool-jdk-threads",
            POOL,
            SMALL,
            "-c 64",
            "/stock",
            port -> JdkStack.threads(4).serve(port, Stock.byUrl(Duration.ofMillis(50)))),
        new Animal(
                "pool-virtual-permits",
                POOL,
                SMALL,
                "-c 32",
                "/stock",
                port ->
                    JdkStack.virtualThreads()
                        .serve(port, Warehouse.permitted(Stock.backend(Duration.ofMillis(20)), 2)))
            .withNeighbours(),
        new Animal(
            "pool-jdk-lines",
            POOL,
            SMALL,
            "-c 32",
            "/stock",
            port ->
                JdkStack.threads(64)
                    .serve(port, Warehouse.shared(Stock.backend(Duration.ofMillis(20)), 3))),
        new Animal(
            "pool-servlet-jdbc",
            POOL,
            SMALL,
            "-c 32",
            "/orders",
            port -> new ServletStack(200).serve(port, new Orders(Child.start("database"), 2, 20))),
        new Animal(
                "pool-servlet-inner",
                POOL,
                SMALL,
                "-c 32",
                "/quotation",
                port ->
                    new ServletStack(200)
                        .serve(port, new Quotation(2, Stock.byUrl(Duration.ofMillis(20)))))
            .withNeighbours(),
        new Animal(
            "pool-vertx-workers",
            POOL,
            SMALL,
            "-c 32",
            "/stock",
            port -> VertxStack.onWorkers(2).serve(port, Stock.byUrl(Duration.ofMillis(30)))),
        new Animal(
            "pool-servlet-threads",
            POOL,
            SMALL,
            "-c 64",
            "/stock",
            port ->
                new ServletStack(4)
                    .serve(port, Warehouse.open(Stock.backend(Duration.ofMillis(50))))));
  }

  /** The one thread that serves all connections is kept from it. */
  static List<Animal> loops() {
    return List.of(
        new Animal(
            "loop-vertx-compute",
            EVENT_LOOP,
            SMALL,
            "-c 16",
            "/invoice?id=3",
            port -> VertxStack.onLoops(1).serve(port, new Invoice(40_000))),
        new Animal(
                "loop-vertx-call",
                EVENT_LOOP,
                SMALL,
                "-c 16",
                "/stock",
                port -> VertxStack.onLoops(1).serve(port, Stock.byUrl(Duration.ofMillis(15))))
            .withNeighbours(),
        new Animal(
            "loop-vertx-future",
            EVENT_LOOP,
            SMALL,
            "-c 16",
            "/quotation",
            port ->
                VertxStack.onLoops(1)
                    .serve(
                        port,
                        new Quotation(8, Warehouse.open(Stock.backend(Duration.ofMillis(12))))
                            .completed())),
        new Animal(
            "loop-jdk-call",
            EVENT_LOOP,
            SMALL,
            "-c 16",
            "/stock",
            port ->
                JdkStack.dispatcher()
                    .serve(port, Warehouse.open(Stock.backend(Duration.ofMillis(10))))),
        new Animal(
                "loop-selector-compute",
                EVENT_LOOP,
                SMALL,
                "-c 16",
                "/glossary?text=3",
                port -> new SelectorStack().serve(port, new Glossary(20_000)))
            .withNeighbours());
  }

  /** A native frame is below what waits, so that its carrier waits as well; there are two. */
  static List<Animal> pinned() {
    return List.of(
        new Animal(
            "pinned-virtual-sort",
            PINNED,
            TWO_CARRIERS,
            "-c 16",
            "/ranking",
            port -> JdkStack.virtualThreads().serve(port, new Ranking(5, Waiting::ponder))),
        new Animal(
            "pinned-virtual-callback",
            PINNED,
            TWO_CARRIERS,
            "-c 16",
            "/ranking",
            port -> {
              // By threads of their own: a virtual thread that reads from a socket is woken by
              // another virtual one, for which there would be no carrier left.
              var desk = new Quotation(16, Warehouse.open(Stock.backend(Duration.ofMillis(8))));
              return JdkStack.virtualThreads()
                  .serve(port, new Ranking(3, (a, b) -> desk.answer("").length() + a - b));
            }),
        new Animal(
                "pinned-virtual-initializer",
                PINNED,
                TWO_CARRIERS,
                "-c 16",
                "/extension",
                port -> JdkStack.virtualThreads().serve(port, new Extensions(1)))
            .withNeighbours(),
        new Animal(
            "pinned-virtual-await",
            PINNED,
            TWO_CARRIERS,
            "-c 16",
            "/extension",
            port -> JdkStack.virtualThreads().serve(port, new Extensions(8))));
  }

  /** As many ask at once as want to; it just takes long. */
  static List<Animal> downstream() {
    return List.of(
        new Animal(
                "downstream-jdk-url",
                DOWNSTREAM,
                SMALL,
                "-c 32",
                "/stock",
                port -> JdkStack.threads(200).serve(port, Stock.byUrl(Duration.ofMillis(50))))
            .withNeighbours(),
        new Animal(
            "downstream-virtual-client",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port -> JdkStack.virtualThreads().serve(port, Stock.byClient(Duration.ofMillis(50)))),
        new Animal(
            "downstream-servlet-line",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port ->
                new ServletStack(200)
                    .serve(port, Warehouse.open(Stock.backend(Duration.ofMillis(40))))),
        new Animal(
                "downstream-servlet-jdbc",
                DOWNSTREAM,
                SMALL,
                "-c 32",
                "/orders",
                port ->
                    new ServletStack(200).serve(port, new Orders(Child.start("database"), 100, 30)))
            .withNeighbours(),
        new Animal(
            "downstream-vertx-later",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port -> {
              int backend = Stock.backend(Duration.ofMillis(50));
              return VertxStack.onLoops(1).serveLater(port, vertx -> Stock.later(vertx, backend));
            }));
  }

  /** What is written is there when the write returns, and what is read comes from the disk. */
  static List<Animal> disk() {
    return List.of(
        new Animal(
            "disk-jdk-force",
            DISK,
            SMALL,
            "-c 8",
            "/audit?id=7",
            port -> JdkStack.threads(64).serve(port, new AuditTrail(8))),
        new Animal(
                "disk-servlet-write",
                DISK,
                SMALL,
                "-c 8",
                "/receipt",
                port -> new ServletStack(200).serve(port, new Receipts(16)))
            .withNeighbours(),
        new Animal(
            "disk-virtual-read",
            DISK,
            SMALL,
            "-c 8",
            "/archive",
            port -> JdkStack.virtualThreads().serve(port, new Archive(256, 8))),
        new Animal(
            "disk-vertx-force",
            DISK,
            SMALL,
            "-c 8",
            "/audit?id=7",
            port -> VertxStack.onWorkers(64).serve(port, new AuditTrail(4))));
  }

  private static int ponder(int left, int right) throws InterruptedException {
    Thread.sleep(3);
    return Integer.compare(left, right);
  }
}
