package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cubit.scale.topology.Balancing.Policy;
import dev.cubit.scale.topology.Partitioning.FanOut;
import dev.cubit.scale.topology.Partitioning.Folding;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.Partitioning.Scheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says is what the records have. */
class TopologyFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void the_shop_is_read_as_it_is_printed() throws ScaleException {
    Path file = Written.checkout().resolve("examples/shop/cubit.yaml");

    Topology shop = TopologyFile.read(file, Map.of());

    assertThat(shop.gateway()).isEqualTo(GatewayPlan.on(8080));
    assertThat(shop.services())
        .extracting(ServicePlan::name)
        .containsExactly("qr", "products", "cart");
    assertThat(shop.services()).allSatisfy(s -> assertThat(s.clones()).isEqualTo(2));
    assertThat(shop.services()).allSatisfy(s -> assertThat(s.folder()).isEqualTo(file.getParent()));
    assertThat(shop.services()).allSatisfy(s -> assertThat(s.care()).isEqualTo(Care.usual()));
    assertThat(shop.services())
        .allSatisfy(s -> assertThat(s.balancing()).isEqualTo(Balancing.usual()));
    assertThat(shop.service("cart").orElseThrow().environment())
        .isEqualTo(Map.of("DATABASE_URL", "jdbc:sqlite:data/cart.db"));
    ServicePlan products = shop.service("products").orElseThrow();
    assertThat(products.routes()).containsExactly(Route.to("/products"));
    assertThat(products.origin())
        .isEqualTo(
            new Origin.Started(
                List.of(
                    new Version(
                        "main",
                        List.of("java", "-jar", "services/products.jar"),
                        Map.of(),
                        1,
                        Optional.empty()))));
    assertThat(products.partitioning())
        .contains(
            new Partitioning(
                new KeySource.PathSegment(1),
                Folding.UPPER,
                List.of(
                    new Partition("A-L", Map.of("DATABASE_URL", "jdbc:sqlite:data/products-1.db")),
                    new Partition("M-Z", Map.of("DATABASE_URL", "jdbc:sqlite:data/products-2.db"))),
                new Scheme.ByRange(
                    List.of(new Range("A-L", "A", "L"), new Range("M-Z", "M", "Z")),
                    Optional.empty()),
                FanOut.STRICT,
                Optional.of(List.of("java", "-jar", "services/products.jar", "move"))));
  }

  @Test
  void all_keys_of_a_service_in_their_long_forms() throws Exception {
    Files.createDirectory(folder.resolve("shop"));
    ServicePlan shop =
        Written.in(
                folder,
                """
                services:
                  shop:
                    versions:
                      blue: { run: [server, "--port={port}"], weight: 9_000 }
                      green:
                        run: server --title 'Shop of "A"' --port={port}
                        env: { COLOUR: green, DEBUG: true, LEVEL: 3 }
                        header: 'X-Version: 2'
                    route:
                      - { path: /shop/, host: Shop.example.com, methods: [GET, HEAD], header: 'X-A: b', strip: true }
                      - /old
                    clones: auto
                    folder: shop
                    health: { path: /health, interval: 500ms, timeout: 1m30s, rise: 1, fall: 2 }
                    checks:
                      - /products
                      - { path: /cart/x, method: PUT, body: "{}", status: 201, type: application/json, contains: ok }
                    ready-timeout: 1m
                    grace: 0
                    memory: 512MB
                    requests: 1_000_000
                    cpu: 0.5
                    share: port
                    balance: { hash: 'header:X-User' }
                    timeouts: { connect: 2s, idle: 3s, request: 4s }
                    limits: { connections: 1, requests: 2, pending: 3 }
                    retries: { times: 3, budget: 12.5% }
                    eject: { failures: 7, slower: 2.5, time: 20s, most: 30% }
                    rate: { requests: 600/m, burst: 50, key: 'query:user' }
                    slow-start: 5s
                """)
            .service();

    assertThat(shop.routes())
        .containsExactly(
            new Route(
                "/shop",
                Optional.of("shop.example.com"),
                Set.of("GET", "HEAD"),
                Optional.of(new HeaderMatch("x-a", "b")),
                true),
            Route.to("/old"));
    assertThat(shop.origin())
        .isEqualTo(
            new Origin.Started(
                List.of(
                    new Version(
                        "blue",
                        List.of("server", "--port={port}"),
                        Map.of(),
                        9_000,
                        Optional.empty()),
                    new Version(
                        "green",
                        List.of("server", "--title", "Shop of \"A\"", "--port={port}"),
                        Map.of("COLOUR", "green", "DEBUG", "true", "LEVEL", "3"),
                        0,
                        Optional.of(new HeaderMatch("x-version", "2"))))));
    assertThat(shop.clones()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(shop.folder()).isEqualTo(folder.resolve("shop"));
    assertThat(shop.care())
        .isEqualTo(
            new Care(
                Optional.of(
                    new Care.Health(
                        "/health", Duration.ofMillis(500), Duration.ofSeconds(90), 1, 2)),
                List.of(
                    new Care.Check(
                        "GET",
                        "/products",
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    new Care.Check(
                        "PUT",
                        "/cart/x",
                        Optional.of("{}"),
                        OptionalInt.of(201),
                        Optional.of("application/json"),
                        Optional.of("ok"))),
                Duration.ofMinutes(1),
                Duration.ZERO,
                OptionalLong.of(512L << 20),
                OptionalLong.of(1_000_000),
                OptionalDouble.of(0.5),
                true));
    assertThat(shop.balancing())
        .isEqualTo(
            new Balancing(
                new Policy.Hash(new KeySource.Header("x-user")),
                new Balancing.Timeouts(
                    Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4)),
                new Balancing.Bounds(1, 2, 3),
                new Balancing.Retries(4, 0.125),
                new Balancing.Ejection(7, 2.5, Duration.ofSeconds(20), 0.3),
                Optional.of(new Balancing.Rate(Optional.of(new KeySource.Query("user")), 10, 50)),
                Duration.ofSeconds(5)));
  }

  @Test
  void short_forms_mean_the_usual_rest() throws Exception {
    ServicePlan shop =
        Written.in(
                folder,
                """
                services:
                  shop: { dns: '_http._tcp.shop', route: [ / ], health: /health, balance: peak-ewma,
                    retries: 0, eject: off, rate: 100/s, slow-start: 0 }
                """)
            .service();

    assertThat(shop.origin()).isEqualTo(new Origin.Named("_http._tcp.shop", 0));
    assertThat(shop.care().health()).contains(Care.Health.on("/health"));
    assertThat(shop.balancing().policy()).isEqualTo(new Policy.PeakEwma());
    assertThat(shop.balancing().retries()).isEqualTo(new Balancing.Retries(1, 0.2));
    assertThat(shop.balancing().ejection().failures()).isZero();
    assertThat(shop.balancing().rate()).contains(new Balancing.Rate(Optional.empty(), 100, 100));
    assertThat(shop.balancing().slowStart()).isZero();
  }

  @Test
  void all_keys_of_a_gateway() throws Exception {
    Files.writeString(folder.resolve("cert.pem"), "");
    Files.writeString(folder.resolve("key.pem"), "");
    GatewayPlan gateway =
        Written.in(
                folder,
                """
                gateway:
                  listen: "[::1]:8443"
                  tls: { cert: cert.pem, key: key.pem }
                  workers: 2
                  limits: { header-size: 16KB, header-fields: 50, body-size: 1.5MB, header-time: 1s,
                    body-time: 2s, idle-time: 3s, connections: 5_000 }
                  redirects:
                    /old: /new
                    /older: { to: 'https://example.com/', status: 301 }
                  access-log: logs/access.json
                services: { shop: { run: server, route: / } }
                """)
            .read()
            .gateway();

    assertThat(gateway)
        .isEqualTo(
            new GatewayPlan(
                "::1",
                8443,
                Optional.of(
                    new GatewayPlan.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"))),
                OptionalInt.of(2),
                new GatewayPlan.Limits(
                    16 << 10,
                    50,
                    3 << 19,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    5_000),
                List.of(
                    new GatewayPlan.Redirect("/older", "https://example.com/", 301),
                    new GatewayPlan.Redirect("/old", "/new", 308)),
                Optional.of(folder.resolve("logs/access.json"))));
  }

  @Test
  void keys_come_from_all_parts_of_a_request() throws Exception {
    Files.writeString(folder.resolve("secret"), "s".repeat(32));
    assertThat(key("path[0]")).isEqualTo(new KeySource.PathSegment(0));
    assertThat(key("header:X-Customer")).isEqualTo(new KeySource.Header("x-customer"));
    assertThat(key("query:customer")).isEqualTo(new KeySource.Query("customer"));
    assertThat(key("cookie:Customer")).isEqualTo(new KeySource.Cookie("Customer"));
    assertThat(key("jwt:sub")).isEqualTo(new KeySource.JwtClaim("sub", Optional.empty()));
    assertThat(key("{ jwt: sub, secret: secret }"))
        .isEqualTo(new KeySource.JwtClaim("sub", Optional.of(folder.resolve("secret"))));
  }

  private KeySource key(String source) throws Exception {
    return partitioned("key: " + source + "\n      ranges: { A-Z: }").key();
  }

  private Partitioning partitioned(String partitions) throws Exception {
    String text =
        """
        services:
          shop:
            run: server
            route: /
            partitions:
              %s
        """
            .formatted(partitions);
    return Written.in(folder, text).service().partitioning().orElseThrow();
  }

  @Test
  void ranges_may_be_open_have_a_home_for_the_rest_and_come_in_any_order() throws Exception {
    Partitioning partitions =
        partitioned(
            "key: path[0]\n"
                + "      case: keep\n"
                + "      fan-out: partial\n"
                + "      list-key: id\n"
                + "      move: mv -a b\n"
                + "      ranges: { 'm..': , '..a-5': { env: { X: 1 } }, 'a-6..l': , other: }");

    assertThat(partitions.folding()).isEqualTo(Folding.NONE);
    assertThat(partitions.fanOut()).isEqualTo(FanOut.PARTIAL);
    assertThat(partitions.listKey()).isEqualTo("id");
    assertThat(partitions.move()).contains(List.of("mv", "-a", "b"));
    assertThat(partitions.partitions())
        .extracting(Partition::name)
        .containsExactly("m..", "..a-5", "a-6..l", "other");
    assertThat(partitions.scheme())
        .isEqualTo(
            new Scheme.ByRange(
                List.of(
                    new Range("..a-5", "", "a-5"),
                    new Range("a-6..l", "a-6", "l"),
                    new Range("m..", "m", "")),
                Optional.of("other")));
  }

  @Test
  void slots_are_dealt_out_evenly_and_follow_from_the_names() throws Exception {
    Scheme three = partitioned("key: path[0]\n      hash: { of: [a, b, c] }").scheme();
    Scheme two =
        partitioned("key: path[0]\n      hash: { slots: 4096, of: { a: , b: { env: {} } } }")
            .scheme();

    assertThat(three)
        .isInstanceOfSatisfying(
            Scheme.BySlot.class,
            slots ->
                assertThat(slots.owners())
                    .hasSize(4_096)
                    .filteredOn("a"::equals)
                    .hasSizeBetween(1_365, 1_366));
    assertThat(two)
        .isInstanceOfSatisfying(
            Scheme.BySlot.class,
            slots -> assertThat(slots.owners()).filteredOn("a"::equals).hasSize(2_048));
  }

  @Test
  void partitions_may_run_elsewhere() throws Exception {
    ServicePlan shop =
        Written.in(
                folder,
                """
                services:
                  shop:
                    route: /
                    partitions:
                      key: path[0]
                      ranges:
                        A-L: { at: 'http://10.0.0.1:80' }
                        M-Z: { at: ['http://10.0.0.2:80', 'http://10.0.0.3:80/'] }
                """)
            .service();

    assertThat(shop.partitioning().orElseThrow().partitions())
        .extracting(Partition::servers)
        .containsExactly(
            List.of(URI.create("http://10.0.0.1:80")),
            List.of(URI.create("http://10.0.0.2:80"), URI.create("http://10.0.0.3:80")));
    assertThat(shop.origin())
        .isInstanceOfSatisfying(Origin.Fixed.class, at -> assertThat(at.servers()).hasSize(3));
  }

  @Test
  void variables_come_from_the_environment_then_from_the_file_beside_it() throws Exception {
    Files.writeString(
        folder.resolve(".env"),
        """
        # what is set here
        export DATA='a b#c'   # where
        CLONES=7
        NAME=from file # a comment
        EMPTY=
        """);
    Written file =
        Written.in(
            folder,
            """
            services:
              shop:
                run: server ${EMPTY:-x} ${NAME} $${HOME} $HOME
                route: /
                clones: ${CLONES}
                env: { DATA: "${DATA}", URL: "${URL:-jdbc:sqlite:a.db}" }
            """);

    ServicePlan shop = file.read(Map.of("NAME", "outer")).services().getFirst();

    assertThat(shop.clones()).isEqualTo(7);
    assertThat(shop.environment()).isEqualTo(Map.of("DATA", "a b#c", "URL", "jdbc:sqlite:a.db"));
    assertThat(shop.origin())
        .isInstanceOfSatisfying(
            Origin.Started.class,
            started ->
                assertThat(started.versions().getFirst().command())
                    .containsExactly("server", "x", "outer", "${HOME}", "$HOME"));
    assertThatThrownBy(
            () -> Written.in(folder, "services: { a: { run: '${NIX}', route: / } }").read())
        .hasMessage(
            folder.resolve("cubit.yaml")
                + ":1:23: the variable NIX is not set: set it, write it into .env, or give a"
                + " default, ${NIX:-...}");
  }

  @Test
  void anchors_aliases_and_merges_work() throws Exception {
    Topology shop =
        Written.in(
                folder,
                """
                x-usual: &usual
                  clones: 3
                  env: &env { A: 1 }
                services:
                  a: { <<: *usual, run: server, route: /a }
                  b: { run: server, route: /b, env: *env, <<: *usual, clones: 1 }
                """)
            .read();

    assertThat(shop.services()).extracting(ServicePlan::clones).containsExactly(3, 1);
    assertThat(shop.services())
        .allSatisfy(s -> assertThat(s.environment()).isEqualTo(Map.of("A", "1")));
  }
}
