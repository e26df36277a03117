package dev.cubit.products;

import static dev.cubit.store.RunningService.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.server.Program;
import dev.cubit.server.RawClient;
import dev.cubit.store.Client;
import dev.cubit.store.RunningService;
import dev.cubit.store.TestDatabase;
import dev.cubit.store.rest.JsonText;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The program from its start to its end, as real processes, and when things go wrong. */
final class ProductsProgramTest {
  private static final String DETAILS =
      "{\"price\":{\"amount\":199,\"currency\":\"EUR\"},\"stock\":0}";

  @TempDir private Path folder = Path.of("");

  @Test
  void it_makes_the_folder_of_its_file_and_keeps_what_is_in_it() throws Exception {
    var environment =
        Map.of("PORT", "0", "DATABASE_URL", "jdbc:sqlite:" + folder.resolve("a/b/c.db"));
    try (var program = Program.start(Products.class, environment);
        var client = new Client(program.port())) {
      assertThat(client.send("PUT", "/products/Apple", DETAILS).statusCode()).isEqualTo(201);
      program.terminate();
      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(program.err().lines()).hasSize(1);
    }
    try (var program = Program.start(Products.class, environment);
        var client = new Client(program.port())) {
      assertThat(client.send("GET", "/products/Apple", "").statusCode()).isEqualTo(200);
    }
  }

  /** All clones of one service, on one file, at the same time from their start on. */
  @Test
  void two_processes_write_one_file_without_losing_anything() throws Exception {
    var environment =
        Map.of("PORT", "0", "DATABASE_URL", "jdbc:sqlite:" + folder.resolve("shop.db"));
    try (var first = Program.start(Products.class, environment);
        var second = Program.start(Products.class, environment);
        var here = new Client(first.port());
        var there = new Client(second.port());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tags = ConcurrentHashMap.<String>newKeySet();
      Callable<Integer> work =
          () -> {
            for (int i = 0; i < 40; i++) {
              var answer = (i % 2 == 0 ? here : there).send("PUT", "/products/Apple", DETAILS);
              assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
              assertThat(tags.add(header(answer, "etag"))).as("a version of its own").isTrue();
            }
            return 0;
          };
      for (var done : threads.invokeAll(IntStream.range(0, 12).mapToObj(i -> work).toList())) {
        done.get();
      }

      assertThat(tags).hasSize(480);
      assertThat(first.err() + second.err()).doesNotContain("WARN", "ERROR", "locked");
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void what_was_asked_before_a_term_signal_is_answered_and_kept(TestDatabase kind)
      throws Exception {
    var url = kind.url(0);
    var environment = Map.of("PORT", "0", "DATABASE_URL", url);
    var answered = new AtomicInteger();
    try (var program = Program.start(Products.class, environment);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int port = program.port();
      var clients = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        clients.add(() -> putUntilTheLast(port, number, answered));
      }
      var results = clients.stream().map(threads::submit).toList();
      await().until(() -> answered.get() > 100);

      program.terminate();

      for (var result : results) {
        result.get();
      }
      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(program.err()).doesNotContain("cut off", "ERROR");
    }
    try (var service = new RunningService(Products.setup(), Map.of("DATABASE_URL", url))) {
      int there = 0;
      var next = "/products?limit=1000";
      while (!next.isEmpty()) {
        var page = service.get(next);
        there += JsonText.read(page.body().getBytes(UTF_8)).size();
        next = header(page, "link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
      }
      assertThat(there).as("what was answered and what is there").isEqualTo(answered.get());
    }
  }

  /** One request after the other on one connection, until its end is announced. */
  private static int putUntilTheLast(int port, int number, AtomicInteger answered)
      throws Exception {
    try (var client = new RawClient(port)) {
      for (int i = 0; ; i++) {
        var answer =
            client.exchange(
                ("PUT /products/%d-%d HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                        + "content-length: %d\r\n\r\n%s")
                    .formatted(number, i, DETAILS.length(), DETAILS));
        assertThat(answer).startsWith("HTTP/1.1 201 ");
        answered.incrementAndGet();
        if (answer.contains("connection: close")) {
          return i;
        }
      }
    }
  }

  @Test
  void a_pool_that_is_exhausted_is_told_with_a_time_to_come_back() throws Exception {
    var url = TestDatabase.POSTGRESQL.url(0);
    var environment = Map.of("DATABASE_URL", url, "POOL", "1", "POOL_WAIT", "250");
    try (var service = new RunningService(Products.setup(), environment);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE product IN ACCESS EXCLUSIVE MODE");
      var waiting = threads.submit(() -> service.get("/products"));
      await()
          .until(
              () ->
                  service
                      .get("/metrics")
                      .body()
                      .contains("hikaricp_connections_active{pool=\"database\"} 1"));

      var refused = service.get("/products/Apple");

      RunningService.assertProblem(refused, 503, "all connections to the database are busy");
      assertThat(header(refused, "retry-after")).isEqualTo("1");
      other.rollback();
      assertThat(waiting.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void too_many_requests_are_refused_and_health_is_told_all_the_same() throws Exception {
    var url = TestDatabase.POSTGRESQL.url(0);
    try (var service =
            new RunningService(Products.setup(), Map.of("DATABASE_URL", url, "REQUESTS", "1"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE product IN ACCESS EXCLUSIVE MODE");
      var waiting = threads.submit(() -> service.get("/products"));
      await().until(() -> service.get("/products/x").statusCode() == 503);

      RunningService.assertProblem(service.get("/products"), 503, "too many requests");
      assertThat(service.get("/healthz").body()).isEqualTo("ok\n");
      other.rollback();
      assertThat(waiting.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_database_that_goes_away_is_told_and_found_again() throws Exception {
    TestDatabase.POSTGRESQL.url(0); // skips where there is none
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var data = Files.createTempDirectory(Path.of("out"), "postgres");
    var server = postgres(port, data);
    try (var service =
        new RunningService(
            Products.setup(),
            Map.of(
                "DATABASE_URL", server.getJdbcUrl("postgres", "postgres"), "POOL_WAIT", "500"))) {
      assertThat(service.send("PUT", "/products/Apple", DETAILS).statusCode()).isEqualTo(201);

      server.close();

      var refused = service.get("/products/Apple");
      RunningService.assertProblem(refused, 503, "the database does not answer");
      assertThat(header(refused, "retry-after")).isEqualTo("1");
      RunningService.assertProblem(service.send("PUT", "/products/Apple", DETAILS), 503);
      assertThat(service.get("/healthz").statusCode()).isEqualTo(503);
      server = postgres(port, data);
      await().until(() -> service.get("/products/Apple").statusCode() == 200);
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
    } finally {
      server.close();
    }
  }

  private static EmbeddedPostgres postgres(int port, Path data) throws Exception {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL, jdbc:mysql://u:secret@h/d?password=secret, 2, products: DATABASE_URL is"
        + " 'jdbc:mysql://h/d'; set it to jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE",
    "DATABASE_URL, jdbc:sqlite::memory:, 2, 'products: DATABASE_URL is ''jdbc:sqlite::memory:'',"
        + " which names no file; name one, as in jdbc:sqlite:data/shop.db'",
    "DATABASE_URL, jdbc:postgresql://127.0.0.1:1/shop, 3, products: the database"
        + " jdbc:postgresql://127.0.0.1:1/shop cannot be opened: ",
    "DATABASE_URL, jdbc:sqlite:/proc/nowhere/x.db, 3, products: the database"
        + " jdbc:sqlite:/proc/nowhere/x.db cannot be opened: ",
    "POOL, 0, 2, products: POOL is '0'; set it to a whole number from 1 to 256",
    "IF_MATCH, yes, 2, products: IF_MATCH is 'yes'; set it to required or optional",
  })
  void what_cannot_be_is_one_sentence(String name, String value, int code, String sentence)
      throws Exception {
    try (var program =
        Program.start(
            Products.class,
            name.equals("DATABASE_URL")
                ? Map.of("PORT", "0", name, value)
                : Map.of(
                    "PORT",
                    "0",
                    "DATABASE_URL",
                    "jdbc:sqlite:" + folder.resolve("x.db"),
                    name,
                    value))) {
      assertThat(program.exitCode()).isEqualTo(code);
      assertThat(program.err().lines()).singleElement().asString().startsWith(sentence);
      assertThat(program.err()).doesNotContain("secret");
    }
  }

  @Test
  void help_shows_examples() throws Exception {
    for (var words : List.of(new String[] {"--help"}, new String[] {"move", "--help"})) {
      try (var program = Program.start(Products.class, Map.of(), words)) {
        assertThat(program.exitCode()).isZero();
        assertThat(program.out()).contains("Usage: java -jar products.jar");
        assertThat(program.err()).isEmpty();
      }
    }
  }
}
