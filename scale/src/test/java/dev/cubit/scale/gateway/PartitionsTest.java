package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service whose keys are shared out, through the gateway's door. */
class PartitionsTest {
  private static final KeySource SEGMENT = new KeySource.PathSegment(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private static Partitioning plan(
      KeySource key, FanOut fanOut, Optional<String> outside, Range... ranges) {
    List<Partition> partitions = new ArrayList<>();
    for (Range range : ranges) {
      partitions.add(new Partition(range.partition(), Map.of()));
    }
    outside.ifPresent(name -> partitions.add(new Partition(name, Map.of())));
    return new Partitioning(
        key,
        Folding.UPPER,
        partitions,
        new Scheme.ByRange(List.of(ranges), outside),
        fanOut,
        Optional.empty());
  }

  private static Partitioning halves(FanOut fanOut) {
    return plan(
        SEGMENT, fanOut, Optional.empty(), new Range("A-L", "A", "L"), new Range("M-Z", "M", "Z"));
  }

  private Shop shop(Partitioning partitioning) throws ScaleException {
    return opened(Shop.closed(), partitioning);
  }

  private Shop opened(Shop closed, Partitioning partitioning) throws ScaleException {
    Shop shop = closed.partitioned("products", partitioning, Route.to("/products")).open();
    open.add(shop);
    return shop;
  }

  private Backend shelf(String partition, String... products) throws IOException {
    Shelf shelf = Shelf.of(partition, products);
    open.add(shelf);
    return shelf.backend();
  }

  private Backend answering(String bytes) throws IOException {
    Backend backend = Backend.answering(bytes);
    open.add(backend);
    return backend;
  }

  private Backend backend(Backend.Answering answering) throws IOException {
    Backend backend = Backend.of(answering);
    open.add(backend);
    return backend;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  // ---- with a key

  @ParameterizedTest
  @CsvSource({
    "tea, M-Z",
    "Apple, A-L",
    "apple, A-L",
    "l%C3%B6we, A-L",
    "Lz, A-L",
    "%6Dilk, M-Z",
    "z, M-Z"
  })
  void a_request_goes_to_the_partition_that_owns_its_key(String key, String owner)
      throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L")).admitTo("products", "M-Z", shelf("M-Z"));

    assertThat(shop.get("/products/" + key).body()).isEqualTo(owner);
    assertThat(shop.get("/products/" + key + "/pictures?size=2").body()).isEqualTo(owner);
  }

  @Test
  void what_sorts_outside_gets_404_or_goes_to_its_home() throws Exception {
    Shop none = shop(halves(FanOut.STRICT));
    none.admitTo("products", "A-L", shelf("A-L")).admitTo("products", "M-Z", shelf("M-Z"));
    RawClient.Answer refused = none.get("/products/7up");

    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.field("content-type")).isEqualTo("application/problem+json");
    assertThat(refused.body()).contains("no partition").contains("\"service\":\"products\"");

    Shop home =
        shop(plan(SEGMENT, FanOut.STRICT, Optional.of("other"), new Range("A-Z", "A", "Z")));
    home.admitTo("products", "A-Z", shelf("A-Z")).admitTo("products", "other", shelf("other"));

    assertThat(home.get("/products/7up").body()).isEqualTo("other");
    assertThat(home.get("/products/%C3%84pfel").body()).isEqualTo("other");
    assertThat(home.get("/products/Zz").body()).isEqualTo("A-Z");
  }

  @Test
  void thousands_of_names_are_each_asked_of_their_owner() throws Exception {
    Shop shop =
        shop(
            plan(
                SEGMENT,
                FanOut.STRICT,
                Optional.of("other"),
                new Range("A-L", "A", "L"),
                new Range("M-Z", "M", "Z")));
    for (String name : List.of("A-L", "M-Z", "other")) {
      shop.admitTo("products", name, shelf(name));
    }
    Random random = new Random(5);
    try (RawClient client = shop.client()) {
      for (int i = 0; i < 4_000; i++) {
        String name = randomName(random);
        String folded =
            Normalizer.normalize(
                Normalizer.normalize(name, Normalizer.Form.NFC).toUpperCase(Locale.ROOT),
                Normalizer.Form.NFC);
        char first = folded.charAt(0);
        String owner =
            first >= 'A' && first <= 'L' ? "A-L" : first >= 'M' && first <= 'Z' ? "M-Z" : "other";

        assertThat(client.get("/products/" + encoded(name)).body()).as(name).isEqualTo(owner);
      }
    }
    assertThat(shop.gateway().partitions("products").stream().mapToLong(p -> p.counts().requests()))
        .satisfies(
            requests -> assertThat(requests.stream().mapToLong(n -> n).sum()).isEqualTo(4_000));
  }

  private static String randomName(Random random) {
    String letters = "abcXYZlmLM09 äÖßéeñ中😀ſı\u0308&?%+-~";
    int[] points = letters.codePoints().filter(c -> c != '.').toArray();
    StringBuilder name = new StringBuilder();
    int length = 1 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      name.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return name.toString();
  }

  @Test
  void case_and_normal_form_do_not_matter() throws Exception {
    Shop shop =
        shop(
            plan(
                SEGMENT,
                FanOut.STRICT,
                Optional.empty(),
                new Range("low", "", "É"),
                new Range("high", "Ê", "")));
    shop.admitTo("products", "low", shelf("low")).admitTo("products", "high", shelf("high"));

    assertThat(shop.get("/products/" + encoded("épice")).body()).isEqualTo("low");
    assertThat(shop.get("/products/" + encoded("e\u0301pice")).body()).isEqualTo("low");
    assertThat(shop.get("/products/" + encoded("ÊTRE")).body()).isEqualTo("high");
    assertThat(shop.get("/products/" + encoded("e\u0302tre")).body()).isEqualTo("high");
  }

  @Test
  void a_header_has_the_key_also_in_utf_8() throws Exception {
    Shop shop =
        shop(
            plan(
                new KeySource.Header("x-customer"),
                FanOut.STRICT,
                Optional.of("other"),
                new Range("A-Z", "A", "Z")));
    shop.admitTo("products", "A-Z", shelf("A-Z")).admitTo("products", "other", shelf("other"));
    String head = "GET /products/x HTTP/1.1\r\nHost: a\r\nX-Customer: ";
    String utf8 = new String("Ährlich".getBytes(UTF_8), ISO_8859_1);

    assertThat(shop.ask(head + "meier\r\n\r\n").body()).isEqualTo("A-Z");
    assertThat(shop.ask(head + utf8 + "\r\n\r\n").body()).isEqualTo("other");
    assertThat(shop.ask(head + "\u00c4hrlich\r\n\r\n").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
  void what_changes_something_wants_a_key_and_is_told_where(String method) throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    RawClient.Answer refused =
        shop.ask(method + " /products HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("no key").contains("segment 1");
  }

  @Test
  void a_key_that_two_would_read_differently_is_refused() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));

    assertThat(shop.get("/products/%FF%FE").status()).isEqualTo(400);
  }

  @Test
  void without_a_token_that_is_verified_nobody_sees_what_all_partitions_have(@TempDir Path folder)
      throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
    Shop shop =
        shop(
            plan(
                new KeySource.JwtClaim("sub", Optional.of(secret)),
                FanOut.STRICT,
                Optional.empty(),
                new Range("all", "", "")));
    Backend backend = shelf("all", "apple");
    shop.admitTo("products", "all", backend);
    RawClient.Answer refused = shop.get("/products");

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.field("www-authenticate")).isEqualTo("Bearer");
    assertThat(backend.seen).isEmpty();
  }

  // ---- without a key

  @Test
  void a_list_is_merged_in_key_order_and_paged() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    // by code point capitals are first, so that the parts interleave
    shop.admitTo("products", "A-L", shelf("A-L", "Apple", "Bread", "Lamp", "apple", "jam", "kiwi"));
    shop.admitTo("products", "M-Z", shelf("M-Z", "Milk", "Tea", "milk", "tea & toast", "zest"));
    List<String> pages = new ArrayList<>();
    String target = "/products?limit=3&x=1";
    while (!target.isEmpty()) {
      RawClient.Answer page = shop.get(target);
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      assertThat(page.field("content-type")).isEqualTo("application/json");
      pages.add(page.body());
      String link = page.field("link");
      assertThat(link)
          .satisfiesAnyOf(l -> assertThat(l).isEmpty(), l -> assertThat(l).contains("x=1"));
      target = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }

    assertThat(pages)
        .containsExactly(
            "[{\"name\":\"Apple\"},{\"name\":\"Bread\"},{\"name\":\"Lamp\"}]",
            "[{\"name\":\"Milk\"},{\"name\":\"Tea\"},{\"name\":\"apple\"}]",
            "[{\"name\":\"jam\"},{\"name\":\"kiwi\"},{\"name\":\"milk\"}]",
            "[{\"name\":\"tea & toast\"},{\"name\":\"zest\"}]");
  }

  @Test
  void without_a_limit_pages_leave_nothing_out() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "a1", "a2", "a3", "a4", "a5"));
    shop.admitTo("products", "M-Z", shelf("M-Z", "m1"));
    RawClient.Answer first = shop.get("/products");

    assertThat(first.body()).isEqualTo("[{\"name\":\"a1\"},{\"name\":\"a2\"},{\"name\":\"a3\"}]");
    assertThat(first.field("link")).isEqualTo("</products?after=a3>; rel=\"next\"");
    assertThat(shop.get("/products?after=a3").body())
        .isEqualTo("[{\"name\":\"a4\"},{\"name\":\"a5\"},{\"name\":\"m1\"}]");
  }

  @Test
  void of_a_key_that_two_have_while_it_is_moved_its_owner_is_believed() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "apple", "milk"));
    shop.admitTo("products", "M-Z", shelf("M-Z", "milk"));

    assertThat(shop.get("/products").body())
        .isEqualTo("[{\"name\":\"apple\"},{\"name\":\"milk\"}]");
  }

  @Test
  void head_has_the_length_of_the_list_and_no_body() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "apple"));
    shop.admitTo("products", "M-Z", shelf("M-Z", "milk"));
    try (RawClient client = shop.client()) {
      RawClient.Answer head = client.ask("HEAD /products HTTP/1.1\r\nHost: a\r\n\r\n");
      RawClient.Answer get = client.get("/products");

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.field("content-length")).isEqualTo("" + get.body().length());
    }
  }

  @Test
  void chunks_are_read_and_nothing_compressed_or_conditional_is_asked_for() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    Backend chunked =
        answering(
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "3\r\n"
                + "[\"a\r\n"
                + "2\r\n"
                + "\"]\r\n"
                + "0\r\n\r\n");
    shop.admitTo("products", "A-L", chunked)
        .admitTo("products", "M-Z", answering(Backend.ok("[]")));
    RawClient.Answer answer =
        shop.ask(
            "GET /products HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"1\"\r\n"
                + "X-Mine: 1\r\n\r\n");

    assertThat(answer.body()).isEqualTo("[\"a\"]");
    Backend.Seen seen = chunked.seen.getFirst();
    assertThat(seen.field("accept-encoding")).isEmpty();
    assertThat(seen.field("if-none-match")).isEmpty();
    assertThat(seen.field("x-mine")).isEqualTo("1");
  }

  @Test
  void what_says_something_of_the_request_is_passed_on() throws Exception {
    Shop shop = shop(halves(FanOut.PARTIAL));
    String refusal =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n"
            + "Content-Length: 2\r\n\r\n{}";
    shop.admitTo("products", "A-L", shelf("A-L")).admitTo("products", "M-Z", answering(refusal));
    RawClient.Answer answer = shop.get("/products");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.body()).isEqualTo("{}");
  }

  @Test
  void strict_says_which_partition_gives_no_answer() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    Backend down = shelf("M-Z");
    shop.admitTo("products", "A-L", shelf("A-L", "apple")).admitTo("products", "M-Z", down);
    down.close();
    RawClient.Answer refused = shop.get("/products");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.field("retry-after")).isEqualTo("1");
    assertThat(refused.body()).contains("the partition M-Z gives no answer");

    Shop failing = shop(halves(FanOut.STRICT));
    failing.admitTo("products", "A-L", shelf("A-L", "apple"));
    failing.admitTo("products", "M-Z", answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));

    assertThat(failing.get("/products").status()).isEqualTo(502);
  }

  @Test
  void partial_has_what_the_others_have_and_names_what_is_missing() throws Exception {
    Shop shop = shop(halves(FanOut.PARTIAL));
    Backend down = shelf("M-Z");
    shop.admitTo("products", "A-L", shelf("A-L", "apple")).admitTo("products", "M-Z", down);

    assertThat(shop.get("/products").field("x-cubit-partial")).isEmpty();
    down.close();
    RawClient.Answer partial = shop.get("/products");
    assertThat(partial.status()).isEqualTo(200);
    assertThat(partial.field("x-cubit-partial")).isEqualTo("M-Z");
    assertThat(partial.body()).isEqualTo("[{\"name\":\"apple\"}]");
  }

  @Test
  void a_partition_without_any_endpoint_is_missing_at_once() throws Exception {
    Shop shop = shop(halves(FanOut.PARTIAL));
    shop.admitTo("products", "A-L", shelf("A-L", "apple"));

    assertThat(shop.get("/products").field("x-cubit-partial")).isEqualTo("M-Z");
  }

  @Test
  void a_partition_that_is_too_slow_is_missing() throws Exception {
    Shop shop =
        opened(
            Shop.closed()
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200)),
            halves(FanOut.PARTIAL));
    Backend slow =
        backend(
            (request, talk) -> {
              Thread.sleep(2_000);
              return false;
            });
    shop.admitTo("products", "A-L", shelf("A-L", "apple")).admitTo("products", "M-Z", slow);
    long before = System.nanoTime();
    RawClient.Answer partial = shop.get("/products");

    assertThat(partial.field("x-cubit-partial")).isEqualTo("M-Z");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1_500));
  }

  @Test
  void what_is_no_list_is_told_with_its_partition() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L"))
        .admitTo("products", "M-Z", answering(Backend.ok("{}")));
    RawClient.Answer refused = shop.get("/products");

    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.body()).contains("'M-Z' is no JSON array");
  }

  @Test
  void lists_longer_than_the_gateway_keeps_are_refused_and_forgotten() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    String element = "\"" + "a".repeat(1 << 20) + "\"";
    String list = "[" + (element + ",").repeat(4) + element + "]";
    Backend large = answering(Backend.ok(list));
    shop.admitTo("products", "A-L", large).admitTo("products", "M-Z", answering(Backend.ok("[]")));
    assertThat(shop.get("/products").body()).hasSize(list.length());
    for (int i = 0; i < 8; i++) { // more than the bound of all, if one were not given back
      assertThat(shop.get("/products").status()).isEqualTo(200);
    }
    Shop too = shop(halves(FanOut.STRICT));
    too.admitTo("products", "A-L", large).admitTo("products", "M-Z", large);
    RawClient.Answer refused = too.get("/products");

    assertThat(refused.status()).isEqualTo(502);
    assertThat(refused.body()).contains("limit");
    assertThat(too.countsOf("products").inFlight()).isZero();
  }

  @Test
  void a_client_that_goes_leaves_nothing_behind() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    Backend silent =
        backend(
            (request, talk) -> {
              Thread.sleep(5_000);
              return false;
            });
    shop.admitTo("products", "A-L", silent).admitTo("products", "M-Z", silent);
    try (RawClient client = shop.client()) {
      client.send("GET /products HTTP/1.1\r\nHost: a\r\n\r\n");
      await(() -> silent.seen.size() == 2);
    }
    await(() -> shop.countsOf("products").inFlight() == 0);

    assertThat(shop.gateway().partitions("products"))
        .allSatisfy(partition -> assertThat(partition.counts().inFlight()).isZero());
    assertThat(shop.gateway().statistics().endpoints().values())
        .allSatisfy(counts -> assertThat(counts.inFlight()).isZero());
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.holds(); i++) {
      Thread.sleep(20);
    }
    assertThat(condition.holds()).isTrue();
  }

  // ---- misdirected

  private static final String MISDIRECTED =
      "HTTP/1.1 421 Misdirected Request\r\nContent-Length: 3\r\n\r\nnot";

  @Test
  void a_421_is_asked_once_of_another_clone_of_the_partition() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    Backend wrong = answering(MISDIRECTED);
    Backend right = answering(Backend.ok("right"));
    shop.admitTo("products", "M-Z", wrong, right).admitTo("products", "A-L", shelf("A-L"));
    try (RawClient client = shop.client()) {
      for (int i = 0; i < 40; i++) {
        assertThat(
                client
                    .ask("POST /products/tea HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
                    .body())
            .isEqualTo("right");
      }
    }
    assertThat(wrong.seen).isNotEmpty();
    assertThat(right.seen).allSatisfy(seen -> assertThat(seen.body()).isEqualTo("{}"));
  }

  @Test
  void a_421_of_all_is_passed_on() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    Backend one = answering(MISDIRECTED);
    Backend two = answering(MISDIRECTED);
    shop.admitTo("products", "M-Z", one, two);
    RawClient.Answer answer = shop.get("/products/tea");

    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.body()).isEqualTo("not");
    assertThat(one.seen.size() + two.seen.size()).isEqualTo(2);
    assertThat(shop.counts(Shop.endpoint("products", "M-Z", 1, one.port())).inFlight()).isZero();
  }

  @Test
  void a_421_is_asked_of_the_owner_where_the_map_has_changed_meanwhile() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    AtomicBoolean swapped = new AtomicBoolean();
    Backend old =
        backend(
            (request, talk) -> {
              if (swapped.compareAndSet(false, true)) {
                shop.services.clear();
                shop.partitioned("products", thirds(), Route.to("/products"));
                shop.gateway().apply(shop.topology());
              }
              talk.say(MISDIRECTED);
              return true;
            });
    shop.admitTo("products", "M-Z", old).admitTo("products", "T-Z", answering(Backend.ok("new")));

    assertThat(shop.get("/products/tea").body()).isEqualTo("new");
    assertThat(old.seen).hasSize(1);
  }

  private static Partitioning thirds() {
    return plan(
        SEGMENT,
        FanOut.STRICT,
        Optional.empty(),
        new Range("A-L", "A", "L"),
        new Range("M-Z", "M", "S"),
        new Range("T-Z", "T", "Z"));
  }

  @Test
  void a_large_body_that_was_streamed_gets_the_421_itself() throws Exception {
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo("products", "M-Z", answering(MISDIRECTED), answering(MISDIRECTED));
    String body = "x".repeat(300_000);
    RawClient.Answer answer =
        shop.ask("PUT /products/tea HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + body);

    assertThat(answer.status()).isEqualTo(421);
  }

  // ---- another map

  @Test
  void a_swap_under_load_loses_nothing() throws Exception {
    Shop shop = opened(Shop.closed().workers(2), halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "apple", "kiwi"));
    shop.admitTo("products", "M-Z", shelf("M-Z", "milk"));
    shop.admitTo("products", "T-Z", shelf("T-Z", "tea"));
    AtomicBoolean goesOn = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    List<String> wrong = new CopyOnWriteArrayList<>();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      boolean lists = i % 4 == 0;
      clients.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (RawClient client = shop.client()) {
                      while (goesOn.get()) {
                        RawClient.Answer answer =
                            client.get(lists ? "/products?limit=9" : "/products/tea");
                        boolean right =
                            lists
                                ? answer.body().contains("apple") && answer.status() == 200
                                : answer.body().equals("M-Z") || answer.body().equals("T-Z");
                        if (!right) {
                          wrong.add(answer.toString());
                        }
                        asked.incrementAndGet();
                      }
                    } catch (IOException e) {
                      wrong.add(e.toString());
                    }
                  }));
    }
    for (int i = 0; i < 60; i++) {
      shop.services.clear();
      shop.partitioned(
          "products", i % 2 == 0 ? thirds() : halves(FanOut.STRICT), Route.to("/products"));
      shop.gateway().apply(shop.topology());
      String owner = i % 2 == 0 ? "T-Z" : "M-Z";
      assertThat(shop.get("/products/tea").body()).isEqualTo(owner); // from now on, on every loop
      Thread.sleep(20);
    }
    goesOn.set(false);
    for (Thread client : clients) {
      client.join();
    }

    assertThat(wrong).isEmpty();
    assertThat(asked.get()).isGreaterThan(500);
  }

  @Test
  void those_that_wait_for_a_partition_that_is_down_are_in_nobodys_way_and_go_to_a_new_owner()
      throws Exception {
    Shop shop = opened(Shop.closed().bounds(1, 100), halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "apple"));
    try (RawClient waits = shop.client()) {
      waits.send("GET /products/tea HTTP/1.1\r\nHost: a\r\n\r\n");
      await(
          () ->
              !shop.gateway().partitions("products").isEmpty()
                  && shop.gateway().partitions("products").get(1).counts().inFlight() == 1);
      for (int i = 0; i < 20; i++) {
        assertThat(shop.get("/products/apple").body()).isEqualTo("A-L");
      }
      shop.admitTo("products", "T-Z", shelf("T-Z"));
      shop.services.clear();
      shop.partitioned("products", thirds(), Route.to("/products"));
      shop.gateway().apply(shop.topology());

      assertThat(waits.answer().body()).isEqualTo("T-Z");
    }
  }

  @Test
  void what_fails_after_its_key_has_got_a_new_owner_is_repeated_there() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Shop shop = shop(halves(FanOut.STRICT));
    shop.admitTo(
        "products",
        "M-Z",
        backend(
            (request, talk) -> {
              asked.countDown();
              go.await();
              return false;
            }));
    try (RawClient client = shop.client()) {
      client.send("GET /products/tea HTTP/1.1\r\nHost: a\r\n\r\n");
      asked.await();
      shop.admitTo("products", "T-Z", shelf("T-Z"));
      shop.services.clear();
      shop.partitioned("products", thirds(), Route.to("/products"));
      shop.gateway().apply(shop.topology());
      go.countDown();

      assertThat(client.answer().body()).isEqualTo("T-Z");
    }
  }

  // ---- what is known of them

  @Test
  void load_errors_hot_keys_and_a_split_are_told_of_each_partition() throws Exception {
    Shop shop = opened(Shop.closed().workers(2), halves(FanOut.STRICT));
    shop.admitTo("products", "A-L", shelf("A-L", "apple"));
    shop.admitTo("products", "M-Z", answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
    for (int c = 0; c < 4; c++) {
      try (RawClient client = shop.client()) {
        for (int i = 0; i < 50; i++) {
          client.get("/products/" + (i % 2 == 0 ? "kiwi" : "apple" + i));
          if (i % 10 == 0) {
            client.get("/products/tea");
          }
        }
      }
    }
    List<PartitionLoad> loads = shop.gateway().partitions("products");

    assertThat(loads).extracting(PartitionLoad::partition).containsExactly("A-L", "M-Z");
    PartitionLoad low = loads.getFirst();
    assertThat(low.endpoints()).isEqualTo(1);
    assertThat(low.counts().requests()).isEqualTo(200);
    assertThat(low.counts().failed()).isZero();
    assertThat(low.latency(99)).isGreaterThanOrEqualTo(low.latency(50)).isPositive();
    assertThat(low.share()).isBetween(0.89, 0.92);
    assertThat(low.keys().keys()).isEqualTo(26);
    assertThat(low.hottest().getFirst().key()).isEqualTo("KIWI");
    assertThat(low.hottest().getFirst().share()).isBetween(0.49, 0.51);
    assertThat(low.split()).hasValueSatisfying(s -> assertThat(s.at()).isEqualTo("K"));
    assertThat(loads.getLast().counts().failed()).isEqualTo(20);
    assertThat(shop.gateway().partitions("cart")).isEmpty();
  }
}
