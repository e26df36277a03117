package dev.cubit.products;

import static dev.cubit.store.RunningService.assertProblem;
import static dev.cubit.store.RunningService.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import dev.cubit.store.RunningService;
import dev.cubit.store.TestDatabase;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service through HTTP, on each kind of database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
final class ProductsTest {
  private static final String DETAILS =
      "{\"price\":{\"amount\":199,\"currency\":\"EUR\"},\"stock\":5}";

  private final TestDatabase kind;
  private Map<String, String> environment = Map.of();
  private RunningService products;

  @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
  ProductsTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void start() throws Exception {
    environment = kind.environment();
    products = new RunningService(Products.setup(), environment);
  }

  @AfterEach
  void stop() {
    products.close();
  }

  @Test
  void a_product_is_made_read_replaced_and_removed() throws Exception {
    var made = products.send("PUT", "/products/Apple", DETAILS);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(header(made, "location")).isEqualTo("/products/Apple");

    var read = products.get("/products/Apple");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(header(read, "content-type")).isEqualTo("application/json");
    assertThat(header(read, "etag")).isEqualTo(header(made, "etag")).matches("\"\\d+\"");
    assertThat(read.body())
        .startsWith(
            "{\"name\":\"Apple\",\"price\":{\"amount\":199,\"currency\":\"EUR\"},\"stock\":5");

    var replaced = products.send("PUT", "/products/Apple", DETAILS.replace("5}", "6}"));
    assertThat(replaced.statusCode()).isEqualTo(200);
    assertThat(header(replaced, "etag")).isNotEqualTo(header(made, "etag"));

    assertThat(products.send("DELETE", "/products/Apple", "").statusCode()).isEqualTo(204);
    assertProblem(products.get("/products/Apple"), 404, "no product of this name");
    assertProblem(products.send("DELETE", "/products/Apple", ""), 404);
  }

  @Test
  void a_version_never_comes_back() throws Exception {
    var first = header(products.send("PUT", "/products/Apple", DETAILS), "etag");
    products.send("DELETE", "/products/Apple", "");
    var second = header(products.send("PUT", "/products/Apple", DETAILS), "etag");

    assertThat(second).isNotEqualTo(first);
    assertProblem(
        products.send("PUT", "/products/Apple", DETAILS, "if-match", first), 412, "changed");
  }

  @Test
  void preconditions_hold_or_nothing_is_done() throws Exception {
    assertProblem(products.send("PUT", "/products/Apple", DETAILS, "if-match", "*"), 412);
    var tag =
        header(products.send("PUT", "/products/Apple", DETAILS, "if-none-match", "*"), "etag");
    assertThat(tag).isNotEmpty();
    assertProblem(
        products.send("PUT", "/products/Apple", DETAILS, "if-none-match", "*"),
        412,
        "there already");
    assertProblem(products.send("DELETE", "/products/Apple", "", "if-match", "\"0\""), 412);
    assertProblem(products.send("PATCH", "/products/Apple", "{}", "if-match", "W/" + tag), 412);

    var unchanged = products.get("/products/Apple", "if-none-match", "\"0\", W/" + tag);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(header(unchanged, "etag")).isEqualTo(tag);
    assertThat(products.get("/products/Apple", "if-none-match", "\"0\"").statusCode())
        .isEqualTo(200);
    assertThat(
            products
                .send("DELETE", "/products/Apple", "", "if-match", "\"0\", " + tag)
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void a_precondition_can_be_required() throws Exception {
    products.send("PUT", "/products/Apple", DETAILS);
    var strict = new HashMap<>(environment);
    strict.put("IF_MATCH", "required");
    try (var other = new RunningService(Products.setup(), strict)) {
      assertProblem(other.send("PUT", "/products/Apple", DETAILS), 428, "If-Match");
      assertProblem(other.send("PATCH", "/products/Apple", "{}"), 428);
      assertProblem(other.send("DELETE", "/products/Apple", ""), 428);
      assertThat(other.send("PUT", "/products/Pear", DETAILS).statusCode()).isEqualTo(201);
      assertThat(other.send("DELETE", "/products/Apple", "", "if-match", "*").statusCode())
          .isEqualTo(204);
    }
  }

  @Test
  void a_patch_changes_what_it_names() throws Exception {
    products.send("PUT", "/products/Apple", DETAILS);

    var patched =
        products.send(
            "PATCH",
            "/products/Apple",
            "{\"price\":{\"amount\":249}}",
            "content-type",
            "application/merge-patch+json");

    assertThat(patched.statusCode()).isEqualTo(200);
    assertThat(patched.body())
        .contains("\"price\":{\"amount\":249,\"currency\":\"EUR\"},\"stock\":5");
    assertThat(products.get("/products/Apple").body()).isEqualTo(patched.body());
    assertProblem(
        products.send("PATCH", "/products/Apple", "{\"stock\":null}"), 422, "/stock", "missing");
    assertProblem(products.send("PATCH", "/products/Pear", "{}"), 404);
    assertThat(products.get("/products/Apple").body()).isEqualTo(patched.body());
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws Exception {
    assertProblem(
        products.send(
            "PUT",
            "/products/Apple",
            "{\"name\":\"Pear\",\"price\":{\"amount\":-1,\"currency\":\"eur\",\"tax\":1},\"stok\":3,"
                + "\"version\":7}"),
        422,
        "7 fields are wrong",
        "{\"pointer\":\"/name\"",
        "{\"pointer\":\"/version\"",
        "{\"pointer\":\"/price/amount\",\"detail\":\"has to be a whole number from 0 to",
        "{\"pointer\":\"/price/currency\",\"detail\":\"has to be the code of a currency",
        "{\"pointer\":\"/price/tax\",\"detail\":\"is not known here; known are amount, currency\"",
        "{\"pointer\":\"/stock\",\"detail\":\"is missing\"}",
        "{\"pointer\":\"/stok\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 422 | /price",
        "{\"price\":3,\"stock\":1} | 422 | has to be an object",
        "{\"price\":{\"amount\":1.5,\"currency\":\"EUR\"},\"stock\":1} | 422 | /price/amount",
        "{\"price\":{\"amount\":1,\"currency\":\"XXX\"},\"stock\":1} | 422 | /price/currency",
        "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":\"1\"} | 422 | /stock",
        "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":99999999999999999999} | 422 |"
            + " /stock",
        "[] | 400 | no JSON object",
        "{\"stock\":1,\"stock\":2} | 400 | not JSON",
        "{\"stock\": | 400 | at line 1",
        "{} {} | 400 | not JSON",
      })
  void a_wrong_body_changes_nothing(String body, int status, String detail) throws Exception {
    assertProblem(products.send("PUT", "/products/Apple", body), status, detail);
    assertProblem(products.get("/products/Apple"), 404);
  }

  @Test
  void bodies_have_a_type_and_a_bound() throws Exception {
    assertProblem(
        products.send("PUT", "/products/Apple", DETAILS, "content-type", "text/plain"),
        415,
        "send");
    assertProblem(products.send("PUT", "/products/Apple", " ".repeat(70_000)), 413, "65536");
  }

  @Test
  void what_a_path_can_do_is_told() throws Exception {
    var refused = products.send("POST", "/products/Apple", DETAILS);
    assertProblem(refused, 405);
    assertThat(header(refused, "allow")).isEqualTo("GET, PUT, PATCH, DELETE, HEAD, OPTIONS");
    var options = products.send("OPTIONS", "/products", "");
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(header(options, "allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertProblem(products.get("/product"), 404, "openapi.json");

    products.send("PUT", "/products/Apple", DETAILS);
    var head = products.send("HEAD", "/products/Apple", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "content-length"))
        .isEqualTo(Integer.toString(products.get("/products/Apple").body().length()));
    assertThat(header(head, "etag")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20a", "a%20", "a%00b", "a%0Ab", "%E2%80%A8", "%CD%B8", "%2e%2E", ""})
  void what_is_no_name_is_refused(String name) throws Exception {
    assertProblem(
        products.send("PUT", "/products/" + name, DETAILS), 400, "\"parameter\":\"name\"");
  }

  @Test
  void a_malformed_path_is_refused() throws Exception {
    try (var raw = new RawClient(products.port())) {
      for (var path : List.of("/products/%", "/products/%4", "/products/%zz", "/products/%ff")) {
        assertThat(raw.exchange("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 400 ")
            .contains("the path is malformed");
      }
    }
  }

  @Test
  void a_name_is_one_however_it_is_composed() throws Exception {
    products.send("PUT", "/products/Cre%CC%80me%2F50%25", DETAILS);

    var read = products.get("/products/Cr%C3%A8me%2F50%25");

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(JsonText.readObject(read.body().getBytes(UTF_8)).path("name").stringValue())
        .isEqualTo("Crème/50%");
    var longest = Target.encoded("ü".repeat(200));
    assertThat(products.send("PUT", "/products/" + longest, DETAILS).statusCode()).isEqualTo(201);
    assertProblem(products.send("PUT", "/products/" + longest + "x", DETAILS), 400, "200");
  }

  @Test
  void pages_have_all_names_in_the_order_of_code_points() throws Exception {
    var names =
        List.of(
            "!", "10", "9", "A", "Aa", "B", "Z", "a", "b", "~", "É", "é", "Ω", "日本", "ﬁ", "Ａ", "😀",
            "😁x");
    for (var name : names.reversed()) {
      products.send("PUT", "/products/" + Target.encoded(name), DETAILS);
    }

    for (int limit = 1; limit <= names.size() + 1; limit++) {
      assertThat(walk("/products?limit=" + limit)).as("in pages of %d", limit).isEqualTo(names);
    }
    assertThat(walk("/products?limit=1&prefix=A")).containsExactly("A", "Aa");
  }

  @Test
  void a_prefix_and_a_place_choose_what_is_listed() throws Exception {
    for (var name : List.of("a%b", "a_b", "ab", "abc", "b")) {
      products.send("PUT", "/products/" + Target.encoded(name), DETAILS);
    }

    assertThat(walk("/products?prefix=a%25")).containsExactly("a%b");
    assertThat(walk("/products?prefix=ab")).containsExactly("ab", "abc");
    assertThat(walk("/products?after=ab")).containsExactly("abc", "b");
    assertThat(walk("/products?after=b")).isEmpty();
    assertThat(products.get("/products?prefix=x").body()).isEqualTo("[\n]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=1001, limit",
    "limit=x, limit",
    "Prefix=a, Prefix",
    "after=%00, after",
    "prefix=a&prefix=b, prefix",
  })
  void a_parameter_that_makes_no_sense_is_named(String query, String name) throws Exception {
    assertProblem(products.get("/products?" + query), 400, "\"parameter\":\"" + name + "\"");
  }

  /** Each of many clients adds one to the stock, again until nobody has come in between. */
  @Test
  void no_update_is_lost_among_clients_that_use_if_match() throws Exception {
    products.send("PUT", "/products/Apple", DETAILS);
    Callable<Integer> client =
        () -> {
          for (int tries = 1; ; tries++) {
            var read = products.get("/products/Apple");
            long stock = JsonText.readObject(read.body().getBytes(UTF_8)).path("stock").longValue();
            var answer =
                products.send(
                    "PATCH",
                    "/products/Apple",
                    "{\"stock\":" + (stock + 1) + "}",
                    "if-match",
                    header(read, "etag"));
            if (answer.statusCode() == 200) {
              return tries;
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(412);
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> client).toList())) {
        assertThat(done.get()).isPositive();
      }
    }

    assertThat(products.get("/products/Apple").body()).contains("\"stock\":25");
  }

  @Test
  void operators_are_told_how_it_is() throws Exception {
    products.send("PUT", "/products/Apple", DETAILS);
    products.get("/products/Apple");
    assertThat(products.get("/healthz").body()).isEqualTo("ok\n");

    assertThat(products.get("/metrics").body())
        .contains(
            "products_requests_seconds_count{method=\"GET\",path=\"/products/{name}\",status=\"200\"}"
                + " 1",
            "products_requests_seconds_count{method=\"PUT\",path=\"/products/{name}\",status=\"201\"}"
                + " 1",
            "hikaricp_connections_active",
            "jvm_memory_used_bytes");
    var description = JsonText.readObject(products.get("/openapi.json").body().getBytes(UTF_8));
    assertThat(description.path("openapi").stringValue()).startsWith("3.1");
    assertThat(description.path("paths").propertyNames())
        .containsExactlyInAnyOrder(
            "/products", "/products/{name}", "/healthz", "/metrics", "/openapi.json");
    for (var path : List.of("/products", "/products/Apple", "/healthz")) {
      var allowed = header(products.send("OPTIONS", path, ""), "allow").toLowerCase(Locale.ROOT);
      for (var method :
          description.path("paths").path(path.replace("Apple", "{name}")).propertyNames()) {
        assertThat(method.equals("parameters") || allowed.contains(method)).as(method).isTrue();
      }
    }
  }

  /** All names from here on, page by page. */
  private List<String> walk(String target) throws Exception {
    var names = new ArrayList<String>();
    var next = target;
    while (!next.isEmpty()) {
      var page = products.get(next);
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      JsonText.read(page.body().getBytes(UTF_8))
          .forEach(each -> names.add(each.path("name").stringValue()));
      next = header(page, "link").replaceAll("^<(.*)>; rel=\"next\"$", "$1");
    }
    return names;
  }
}
