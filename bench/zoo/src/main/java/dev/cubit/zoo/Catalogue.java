package dev.cubit.zoo;

import static dev.cubit.zoo.Truth.HEALTHY;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All servers: {@link Waiting}, {@link Busy}, and those with nothing the matter. */
final class Catalogue {
  private static final String SMALL = "-Xmx256m";

  private Catalogue() {}

  static List<Animal> all() {
    return Stream.of(healthy(), Waiting.all(), Busy.all()).flatMap(Collection::stream).toList();
  }

  /** At a fixed rate of a modest share of what they could, or one request at a time. */
  static List<Animal> healthy() {
    return List.of(
        new Animal(
                "healthy-jdk",
                HEALTHY,
                SMALL,
                "-c 20 -R 300",
                "/invoice?id=7",
                port -> JdkStack.threads(64).serve(port, new Invoice(300)))
            .withNeighbours(),
        new Animal(
            "healthy-virtual-call",
            HEALTHY,
            SMALL,
            "-c 20 -R 100",
            "/stock",
            port -> JdkStack.virtualThreads().serve(port, Stock.byClient(Duration.ofMillis(2)))),
        new Animal(
            "healthy-vertx",
            HEALTHY,
            SMALL,
            "-c 20 -R 400",
            "/invoice?id=7",
            port -> VertxStack.onLoops(2).serve(port, new Invoice(200))),
        new Animal(
                "healthy-servlet",
                HEALTHY,
                SMALL,
                "-c 20 -R 250",
                "/glossary?text=3",
                port -> new ServletStack(200).serve(port, new Glossary(800)))
            .withNeighbours(),
        new Animal(
            "healthy-one",
            HEALTHY,
            SMALL,
            "-c 1",
            "/stock",
            port ->
                new ServletStack(200)
                    .serve(port, Warehouse.open(Stock.backend(Duration.ofMillis(2))))));
  }
}
