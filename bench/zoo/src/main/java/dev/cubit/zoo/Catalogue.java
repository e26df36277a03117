package dev.cubit.zoo;

import static dev.cubit.zoo.Truth.CPU;
import static dev.cubit.zoo.Truth.DOWNSTREAM;
import static dev.cubit.zoo.Truth.EVENT_LOOP;
import static dev.cubit.zoo.Truth.GC;
import static dev.cubit.zoo.Truth.HEALTHY;
import static dev.cubit.zoo.Truth.LOCK;
import static dev.cubit.zoo.Truth.POOL;

import java.time.Duration;
import java.util.List;

/** All servers. */
final class Catalogue {
  private static final String SMALL = "-Xmx256m";

  private Catalogue() {}

  static List<Animal> all() {
    return List.of(
        new Animal(
            "healthy-jdk",
            HEALTHY,
            SMALL,
            "-c 20 -R 300",
            "/invoice?id=7",
            port -> JdkStack.threads(32).serve(port, new Invoice(300))),
        new Animal(
            "cpu-jdk-pattern",
            CPU,
            SMALL,
            "-c 16",
            "/addresses?id=7",
            port -> JdkStack.threads(64).serve(port, new AddressBook(100))),
        new Animal(
            "gc-jdk-journal",
            GC,
            "-Xmx200m -XX:+UseG1GC",
            "-c 16",
            "/journal",
            port -> JdkStack.threads(64).serve(port, new Journal(20_000, 50, 400))),
        new Animal(
            "lock-jdk-monitor",
            LOCK,
            SMALL,
            "-c 16",
            "/price",
            port -> JdkStack.threads(64).serve(port, new PriceList(500_000))),
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
            port -> JdkStack.virtualThreads().serve(port, new TicketNumbers(500_000))),
        new Animal(
            "pool-jdk-threads",
            POOL,
            SMALL,
            "-c 64",
            "/stock",
            port -> JdkStack.threads(4).serve(port, Stock.byUrl(Duration.ofMillis(50)))),
        new Animal(
            "loop-vertx-compute",
            EVENT_LOOP,
            SMALL,
            "-c 16",
            "/invoice?id=3",
            port -> VertxStack.onLoops(1).serve(port, new Invoice(20_000))),
        new Animal(
            "downstream-virtual-client",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port -> JdkStack.virtualThreads().serve(port, Stock.byClient(Duration.ofMillis(50)))),
        new Animal(
            "downstream-vertx-async",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port -> {
              int backend = Stock.backend(Duration.ofMillis(50));
              return VertxStack.onLoops(1).serveLater(port, v -> Stock.later(v, backend));
            }),
        new Animal(
            "downstream-servlet-url",
            DOWNSTREAM,
            SMALL,
            "-c 32",
            "/stock",
            port -> new ServletStack(200).serve(port, Stock.byUrl(Duration.ofMillis(50)))));
  }
}
