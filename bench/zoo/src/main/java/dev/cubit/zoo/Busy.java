package dev.cubit.zoo;

import static dev.cubit.zoo.Truth.CPU;
import static dev.cubit.zoo.Truth.EXCEPTIONS;
import static dev.cubit.zoo.Truth.GC;
import static dev.cubit.zoo.Truth.GENERATOR;
import static dev.cubit.zoo.Truth.LEAK;
import static dev.cubit.zoo.Truth.LOGGING;
import static dev.cubit.zoo.Truth.SAFEPOINT;
import static dev.cubit.zoo.Truth.THROTTLED;
import static dev.cubit.zoo.Truth.WARM_UP;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Servers whose requests take CPU, or find that something else takes it. */
final class Busy {
  private static final String SMALL = "-Xmx256m";
  private static final String HELLO = "Hello World\n";

  private Busy() {}

  static List<Animal> all() {
    return Stream.of(
            cpu(),
            gc(),
            throttled(),
            leaks(),
            exceptions(),
            logging(),
            warmUp(),
            safepoints(),
            generator())
        .flatMap(Collection::stream)
        .toList();
  }

  /** All cores do what the requests want. */
  static List<Animal> cpu() {
    return List.of(
        new Animal(
            "cpu-jdk-pattern",
            CPU,
            SMALL,
            "-c 16",
            "/addresses?id=7",
            port -> JdkStack.threads(64).serve(port, new AddressBook(100))),
        new Animal(
                "cpu-virtual-digest",
                CPU,
                SMALL,
                "-c 16",
                "/fingerprint?of=me",
                port -> JdkStack.virtualThreads().serve(port, new Fingerprint(10_000)))
            .withNeighbours(),
        new Animal(
            "cpu-vertx-invoice",
            CPU,
            SMALL,
            "-c 16",
            "/invoice?id=5",
            port -> VertxStack.onLoops(2).serve(port, new Invoice(800))),
        new Animal(
                "cpu-servlet-glossary",
                CPU,
                SMALL,
                "-c 16",
                "/glossary?text=9",
                port -> new ServletStack(200).serve(port, new Glossary(10_000)))
            .withNeighbours());
  }

  /** The live set leaves little of the heap, or the collector cannot keep up. */
  static List<Animal> gc() {
    return List.of(
        new Animal(
            "gc-jdk-journal",
            GC,
            "-Xmx200m -XX:+UseG1GC",
            "-c 16",
            "/journal",
            port -> JdkStack.threads(64).serve(port, new Journal(20_000, 50, 400))),
        new Animal(
                "gc-servlet-offers",
                GC,
                "-Xmx160m -XX:+UseParallelGC",
                "-c 16",
                "/offers",
                port -> new ServletStack(200).serve(port, new RecentOffers(200_000, 3_000)))
            .withNeighbours(),
        new Animal(
            "gc-vertx-poster",
            GC,
            "-Xmx160m -XX:+UseSerialGC",
            "-c 16",
            "/poster?id=4",
            port ->
                VertxStack.onWorkers(64)
                    .serve(port, new Poster(new Journal(14_000, 50, 40), 400_000))),
        new Animal(
                "gc-virtual-journal",
                GC,
                "-Xmx300m -XX:+UseZGC",
                "-c 16",
                "/journal",
                port -> JdkStack.virtualThreads().serve(port, new Journal(20_000, 50, 800)))
            .withNeighbours());
  }

  /** Nothing the matter but that the CPU is rationed. */
  static List<Animal> throttled() {
    return List.of(
        new Animal(
            "throttled-jdk",
            THROTTLED,
            SMALL,
            "-c 16",
            "/invoice?id=7",
            port -> {
              Quota.enter(0.3);
              return JdkStack.threads(64).serve(port, new Invoice(1_500));
            }),
        new Animal(
            "throttled-vertx",
            THROTTLED,
            "-Xmx256m -XX:ActiveProcessorCount=1",
            "-c 16",
            "/invoice?id=7",
            port -> {
              Quota.enter(0.25);
              return VertxStack.onLoops(1).serve(port, new Invoice(300));
            }),
        new Animal(
                "throttled-servlet",
                THROTTLED,
                SMALL,
                "-c 16",
                "/glossary?text=8",
                port -> {
                  Quota.enter(0.3);
                  return new ServletStack(200).serve(port, new Glossary(2_000));
                })
            .withNeighbours(),
        new Animal(
            "throttled-virtual",
            THROTTLED,
            "-Xmx256m -XX:ActiveProcessorCount=1",
            "-c 16",
            "/fingerprint?of=me",
            port -> {
              Quota.enter(0.2);
              return JdkStack.virtualThreads().serve(port, new Fingerprint(3_000));
            }));
  }

  /** About 8 MB a second stay, at a rate that is no trouble otherwise. */
  static List<Animal> leaks() {
    return List.of(
        new Animal(
            "leak-jdk-sessions",
            LEAK,
            "-Xmx768m",
            "-c 20 -R 200",
            "/guests",
            port -> JdkStack.threads(64).serve(port, Guestbook.sessions(450))),
        new Animal(
                "leak-servlet-drafts",
                LEAK,
                "-Xmx768m",
                "-c 20 -R 200",
                "/guests",
                port -> new ServletStack(200).serve(port, Guestbook.drafts(150)))
            .withNeighbours(),
        new Animal(
            "leak-vertx-subscriptions",
            LEAK,
            "-Xmx768m -XX:+UseParallelGC",
            "-c 20 -R 200",
            "/guests?of=today",
            port -> VertxStack.onWorkers(64).serve(port, Guestbook.subscriptions(450))),
        new Animal(
                "leak-virtual-pages",
                LEAK,
                "-Xmx768m",
                "-c 20 -R 200",
                "/guests",
                port -> JdkStack.virtualThreads().serve(port, Guestbook.pages(1_000)))
            .withNeighbours());
  }

  /** Exceptions say what a result could have said. */
  static List<Animal> exceptions() {
    return List.of(
        new Animal(
            "exceptions-jdk-nested",
            EXCEPTIONS,
            SMALL,
            "-c 16",
            "/form?id=1",
            port -> JdkStack.threads(64).serve(port, Validation.nested(200, 100))),
        new Animal(
                "exceptions-servlet-fields",
                EXCEPTIONS,
                SMALL,
                "-c 16",
                "/form?id=1",
                port -> new ServletStack(200).serve(port, Validation.fields(1_000)))
            .withNeighbours(),
        new Animal(
            "exceptions-virtual-rules",
            EXCEPTIONS,
            SMALL,
            "-c 16",
            "/form?id=1",
            port -> JdkStack.virtualThreads().serve(port, Validation.rules(8, 50))),
        new Animal(
            "exceptions-vertx-fields",
            EXCEPTIONS,
            SMALL,
            "-c 16",
            "/form?id=1",
            port -> VertxStack.onWorkers(64).serve(port, Validation.fields(500))));
  }

  /** Hundreds of lines a request. */
  static List<Animal> logging() {
    return List.of(
        new Animal(
            "logging-jdk-journal",
            LOGGING,
            SMALL,
            "-c 16",
            "/parcel?id=12",
            port -> JdkStack.threads(64).serve(port, Parcel.byJournal(200))),
        new Animal(
                "logging-servlet-aloud",
                LOGGING,
                SMALL,
                "-c 16",
                "/parcel?id=12",
                port -> new ServletStack(200).serve(port, Parcel.aloud(300)))
            .withNeighbours(),
        new Animal(
            "logging-virtual-lines",
            LOGGING,
            SMALL,
            "-c 16",
            "/parcel?id=12",
            port -> JdkStack.virtualThreads().serve(port, Parcel.byLogback(200))));
  }

  /** More code than the JIT can compile while the load lasts. */
  static List<Animal> warmUp() {
    return List.of(
        new Animal(
            "warmup-jdk-workbooks",
            WARM_UP,
            "-Xmx512m",
            "-c 4 --warmup none",
            "/cells",
            port -> JdkStack.threads(64).serve(port, Workbooks.fixed(60, 40))),
        new Animal(
                "warmup-servlet-editions",
                WARM_UP,
                "-Xmx512m",
                "-c 4 --warmup none",
                "/cells",
                port -> new ServletStack(200).serve(port, Workbooks.replaced(20, 40, 3000)))
            .withNeighbours(),
        new Animal(
            "warmup-vertx-tariffs",
            WARM_UP,
            "-Xmx512m",
            "-c 4 --warmup none",
            "/tariff",
            port -> VertxStack.onWorkers(16).serve(port, new Tariffs(4_000, 4, 100))));
  }

  /** The JVM is at work on itself: it loads classes, or stops all threads to look at them. */
  static List<Animal> safepoints() {
    return List.of(
        new Animal(
            "safepoint-jdk-addons",
            SAFEPOINT,
            "-Xmx512m",
            "-c 16",
            "/addons",
            port -> JdkStack.threads(64).serve(port, new Addons(30, 5))),
        new Animal(
            "safepoint-servlet-report",
            SAFEPOINT,
            SMALL,
            "-c 16",
            "/report",
            port -> {
              Staff.hire(400, 60);
              return new ServletStack(200).serve(port, Staff.report());
            }),
        new Animal(
            "safepoint-virtual-supervisor",
            SAFEPOINT,
            SMALL,
            "-c 16",
            "/invoice?id=7",
            port -> {
              Staff.hire(100, 20);
              Staff.supervise(5);
              return JdkStack.virtualThreads()
                  .serve(port, new Poster(new Journal(20_000, 50, 1), 10));
            }),
        new Animal(
            "safepoint-vertx-inventory",
            SAFEPOINT,
            SMALL,
            "-c 16",
            "/invoice?id=7",
            port -> {
              Staff.takeInventory(5);
              return VertxStack.onLoops(2).serve(port, new Poster(new Journal(20_000, 50, 1), 10));
            }));
  }

  /** They answer at once, so that it is the other side that is measured. */
  static List<Animal> generator() {
    return List.of(
        new Animal(
            "generator-jdk",
            GENERATOR,
            SMALL,
            "-c 200 --workers 1",
            "/",
            port -> JdkStack.threads(16).serve(port, query -> HELLO)),
        new Animal(
            "generator-vertx",
            GENERATOR,
            SMALL,
            "-c 200 --workers 1",
            "/",
            port -> VertxStack.onLoops(2).serve(port, query -> HELLO)),
        new Animal(
                "generator-servlet",
                GENERATOR,
                SMALL,
                "-c 200 --workers 1",
                "/",
                port -> new ServletStack(200).serve(port, query -> HELLO))
            .withNeighbours());
  }
}
