package dev.cubit.cart;

import static dev.cubit.store.RunningService.assertProblem;
import static dev.cubit.store.RunningService.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cubit.products.Products;
import dev.cubit.server.Program;
import dev.cubit.store.Client;
import dev.cubit.store.RunningService;
import dev.cubit.store.TestDatabase;
import dev.cubit.store.rest.JsonText;
import dev.cubit.store.rest.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The service through HTTP, beside a real service products, on each kind of database. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
final class CartTest {
  private static Program products;
  private static Client shop;

  private final TestDatabase kind;
  private Map<String, String> environment = Map.of();
  private RunningService cart;

  CartTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void open_the_shop() throws Exception {
    products =
        Program.start(
            Products.class, Map.of("PORT", "0", "DATABASE_URL", TestDatabase.SQLITE.url(0)));
    shop = new Client(products.port());
    price("Apple", 199, "EUR");
    price("Crème 50%/x", 1000, "EUR");
    price("Tea", 350, "JPY");
  }

  @AfterAll
  static void close_the_shop() throws Exception {
    shop.close();
    products.close();
  }

  @BeforeEach
  void start() throws Exception {
    var all = new HashMap<>(kind.environment());
    all.put("PRODUCTS_URL", "http://127.0.0.1:" + products.port());
    environment = Map.copyOf(all);
    cart = new RunningService(Cart.setup(), environment);
  }

  @AfterEach
  void stop() {
    cart.close();
  }

  @Test
  void a_cart_has_prices_and_totals() throws Exception {
    assertThat(put(cart, "ann", "Apple", 2).statusCode()).isEqualTo(201);
    assertThat(put(cart, "ann", "Apple", 3).statusCode()).isEqualTo(200);
    put(cart, "ann", "Crème 50%/x", 1);
    put(cart, "ann", "Tea", 2);
    put(cart, "bob", "Tea", 1);

    var json = json(cart.get("/cart/ann"));

    assertThat(json.path("customer").stringValue()).isEqualTo("ann");
    assertThat(json.path("items").size()).isEqualTo(3);
    assertThat(json.path("items").path(0).toString())
        .isEqualTo(
            "{\"product\":\"Apple\",\"quantity\":3,\"price\":{\"amount\":199,\"currency\":\"EUR\"},\"amount\":597}");
    assertThat(json.path("totals").toString()).isEqualTo("{\"EUR\":1597,\"JPY\":700}");
    assertThat(json.path("complete").booleanValue()).isTrue();
    assertThat(
            cart.send("DELETE", "/cart/ann/items/" + Target.encoded("Crème 50%/x"), "")
                .statusCode())
        .isEqualTo(204);
    assertProblem(cart.send("DELETE", "/cart/ann/items/Pear", ""), 404, "not in the cart");
    assertThat(json(cart.get("/cart/ann")).path("totals").toString())
        .isEqualTo("{\"EUR\":597,\"JPY\":700}");
    assertThat(json(cart.get("/cart/nobody")).path("items").isEmpty()).isTrue();
  }

  @Test
  void a_product_that_there_is_not_is_told_at_its_item() throws Exception {
    put(cart, "ann", "Apple", 1);
    put(cart, "ann", "Unicorn", 1);

    var json = json(cart.get("/cart/ann"));

    assertThat(json.path("items").path(1).path("missing").stringValue())
        .isEqualTo("there is no such product");
    assertThat(json.path("complete").booleanValue()).isFalse();
    assertThat(json.path("totals").toString()).isEqualTo("{\"EUR\":199}");
    assertProblem(checkout(cart, "ann", "k1", ""), 409, "not sold", "/items/Unicorn");
  }

  @Test
  void a_cart_works_without_products_but_is_not_bought() throws Exception {
    var alone = new HashMap<>(environment);
    alone.put("PRODUCTS_URL", "http://127.0.0.1:1/");
    try (var service = new RunningService(Cart.setup(), alone)) {
      assertThat(put(service, "ann", "Apple", 2).statusCode()).isEqualTo(201);

      var json = json(service.get("/cart/ann"));
      assertThat(json.path("items").path(0).path("missing").stringValue())
          .isEqualTo("the price is not known at the moment");
      assertThat(json.path("complete").booleanValue()).isFalse();
      var refused = checkout(service, "ann", "k1", "");
      assertProblem(refused, 503, "not all prices are known");
      assertThat(header(refused, "retry-after")).isEqualTo("1");
    }
    assertThat(checkout(cart, "ann", "k1", "").statusCode()).as("later").isEqualTo(201);
  }

  /** Two products, of which one never gets its answer: the other has its price all the same. */
  @Test
  void prices_that_take_too_long_are_not_waited_for_and_traces_are_passed_on() throws Exception {
    var seen = new ConcurrentLinkedQueue<String>();
    var end = new CountDownLatch(1);
    var slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    slow.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          seen.add(
              headers.getFirst("traceparent")
                  + " "
                  + headers.getFirst("x-request-id")
                  + " "
                  + headers.getFirst("cookie"));
          if (exchange.getRequestURI().getPath().endsWith("Slow")) {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          var body = "{\"price\":{\"amount\":5,\"currency\":\"EUR\"}}".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    slow.start();
    var beside = new HashMap<>(environment);
    beside.put("PRODUCTS_URL", "http://127.0.0.1:" + slow.getAddress().getPort());
    beside.put("PRODUCTS_WAIT", "700");
    try (var service = new RunningService(Cart.setup(), beside)) {
      put(service, "ann", "Fast", 1);
      put(service, "ann", "Slow", 1);
      var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

      var json =
          json(
              service.get(
                  "/cart/ann", "traceparent", trace, "x-request-id", "r-1", "cookie", "c=1"));

      assertThat(json.path("items").path(0).path("amount").longValue()).isEqualTo(5);
      assertThat(json.path("items").path(1).path("missing").stringValue())
          .isEqualTo("the price is not known at the moment");
      assertThat(seen).containsOnly(trace + " r-1 null").hasSize(2);
    } finally {
      end.countDown();
      slow.stop(0);
    }
  }

  @Test
  void a_checkout_is_done_once_and_answered_again() throws Exception {
    put(cart, "ann", "Apple", 3);

    var first = checkout(cart, "ann", "key-1", "");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(first.body()).contains("\"totals\":{\"EUR\":597}", "\"order\":\"");
    assertThat(json(cart.get("/cart/ann")).path("items").isEmpty()).isTrue();

    try (var clone = new RunningService(Cart.setup(), environment)) {
      var again = checkout(clone, "ann", "key-1", "");
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(header(again, "idempotent-replayed")).isEqualTo("true");
      assertProblem(checkout(clone, "ann", "key-2", ""), 409, "the cart is empty");
    }
  }

  @Test
  void a_key_is_for_one_cart() throws Exception {
    put(cart, "ann", "Apple", 3);
    put(cart, "bob", "Apple", 3);
    assertProblem(checkout(cart, "ann", "", ""), 400, "Idempotency-Key");
    assertThat(checkout(cart, "ann", "key", "{\"totals\":{\"EUR\":597}}").statusCode())
        .isEqualTo(201);

    assertProblem(checkout(cart, "bob", "key", "{\"totals\":{\"EUR\":597}}"), 422, "another cart");
    assertProblem(checkout(cart, "ann", "key", ""), 422, "another cart");
    put(cart, "ann", "Tea", 1);
    assertProblem(checkout(cart, "ann", "key", "{\"totals\":{\"EUR\":597}}"), 422, "another cart");
    assertThat(json(cart.get("/cart/ann")).path("items").size()).isEqualTo(1);
  }

  @Test
  void what_was_agreed_on_is_what_is_paid() throws Exception {
    put(cart, "ann", "Apple", 3);

    assertProblem(checkout(cart, "ann", "key", "{\"totals\":{\"EUR\":500}}"), 409, "{EUR=597} now");
    assertProblem(checkout(cart, "ann", "key", "{\"totals\":{\"EUR\":-1}}"), 422, "/totals/EUR");
    assertProblem(checkout(cart, "ann", "key", "{\"total\":1}"), 422, "/total", "/totals");
    assertThat(checkout(cart, "ann", "key", "{\"totals\":{\"EUR\":597}}").statusCode())
        .isEqualTo(201);
  }

  /** By two clones, as a gateway that tries again would send them. */
  @Test
  void of_many_checkouts_at_the_same_time_one_is_done_for_each_key() throws Exception {
    try (var clone = new RunningService(Cart.setup(), environment);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        put(cart, "ann", "Apple", round + 1);
        var key = "key-" + round;
        var requests = new ArrayList<Callable<HttpResponse<String>>>();
        for (int i = 0; i < 16; i++) {
          var service = i % 2 == 0 ? cart : clone;
          requests.add(() -> checkout(service, "ann", key, ""));
        }
        var bodies = new HashSet<String>();
        int firsts = 0;
        for (var answer : threads.invokeAll(requests)) {
          assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
          bodies.add(answer.get().body());
          firsts += header(answer.get(), "idempotent-replayed").isEmpty() ? 1 : 0;
        }
        assertThat(bodies).as("answers").hasSize(1);
        assertThat(firsts).as("purchases").isEqualTo(1);
      }
    }
  }

  /** Each with a key of its own, so that all but one find an empty cart. */
  @Test
  void a_cart_is_bought_once_however_many_keys_there_are() throws Exception {
    put(cart, "ann", "Apple", 1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var requests = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 12; i++) {
        var key = "own-" + i;
        requests.add(() -> checkout(cart, "ann", key, "").statusCode());
      }
      var statuses = new ArrayList<Integer>();
      for (var answer : threads.invokeAll(requests)) {
        statuses.add(answer.get());
      }

      assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    }
  }

  @Test
  void what_is_wrong_is_told() throws Exception {
    assertProblem(cart.send("PUT", "/cart/ann/items/Apple", "{\"quantity\":0}"), 422, "/quantity");
    assertProblem(
        cart.send("PUT", "/cart/ann/items/Apple", "{\"count\":1}"), 422, "/count", "/quantity");
    assertProblem(cart.send("PUT", "/cart/%20/items/Apple", "{\"quantity\":1}"), 400, "customer");
    assertProblem(cart.send("PUT", "/cart/ann/items/%00", "{\"quantity\":1}"), 400, "product");
    assertProblem(cart.send("POST", "/cart/ann", ""), 405);
    assertProblem(cart.get("/cart/ann?x=1"), 400, "'x'");
    assertProblem(cart.get("/carts"), 404);
    for (int i = 0; i < 100; i++) {
      put(cart, "ann", "p" + i, 1);
    }
    assertProblem(put(cart, "ann", "one more", 1), 409, "full");
    assertThat(put(cart, "ann", "p1", 2).statusCode()).isEqualTo(200);
  }

  @Test
  void operators_are_told_how_it_is() throws Exception {
    put(cart, "ann", "Apple", 1);
    assertThat(cart.get("/healthz").body()).isEqualTo("ok\n");
    assertThat(cart.get("/metrics").body())
        .contains(
            "cart_requests_seconds_count{method=\"PUT\",path=\"/cart/{customer}/items/{product}\",status=\"201\"}"
                + " 1");
    var paths = json(cart.get("/openapi.json")).path("paths");
    for (var path : List.of("/cart/ann", "/cart/ann/items/Apple", "/cart/ann/checkout")) {
      var allowed = header(cart.send("OPTIONS", path, ""), "allow").toLowerCase(Locale.ROOT);
      var described = paths.path(path.replace("ann", "{customer}").replace("Apple", "{product}"));
      assertThat(described.isObject()).as(path).isTrue();
      for (var method : described.propertyNames()) {
        assertThat(method.equals("parameters") || allowed.contains(method)).as(method).isTrue();
      }
    }
  }

  private static HttpResponse<String> put(
      RunningService service, String customer, String product, int quantity) throws Exception {
    return service.send(
        "PUT",
        "/cart/" + customer + "/items/" + Target.encoded(product),
        "{\"quantity\":" + quantity + "}");
  }

  private static HttpResponse<String> checkout(
      RunningService service, String customer, String key, String body) throws Exception {
    var target = "/cart/" + customer + "/checkout";
    return key.isEmpty()
        ? service.send("POST", target, body)
        : service.send("POST", target, body, "idempotency-key", key);
  }

  private static JsonNode json(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Objects.requireNonNull(JsonText.read(response.body().getBytes(UTF_8)));
  }

  private static void price(String name, long amount, String currency) throws Exception {
    var answer =
        shop.send(
            "PUT",
            "/products/" + Target.encoded(name),
            "{\"price\":{\"amount\":%d,\"currency\":\"%s\"},\"stock\":9}"
                .formatted(amount, currency));
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }
}
