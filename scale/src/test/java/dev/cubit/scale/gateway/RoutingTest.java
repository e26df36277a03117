package dev.cubit.scale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.HeaderMatch;
import dev.cubit.scale.topology.Route;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {
  private final Shop shop = Shop.closed();

  @AfterEach
  void close() {
    shop.close();
  }

  private static Route route(String path, String host, boolean strip) {
    return new Route(path, Optional.of(host), Set.of(), Optional.empty(), strip);
  }

  /** Each answers with its name, so that a test sees who was asked. */
  private void open(String... services) throws Exception {
    shop.open();
    for (String service : services) {
      shop.admit(service, Backend.saying(service));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, root",
    "/x, root",
    "/cart, cart",
    "/cart/, cart",
    "/cart/7, cart",
    "/cart?x=/products, cart",
    "/carts, root",
    "/cart/items, items",
    "/cart/items/1, items",
    "/cart/itemsx, cart",
    "/cart//items, items",
    "//cart, cart",
    "/x/../cart, cart",
    "/cart/../x, root",
    "/%63art, cart",
    "/cart%2Fitems, root",
    "/Cart, root",
  })
  void the_longest_prefix_of_whole_segments_wins(String target, String service) throws Exception {
    shop.service("root", Route.to("/"))
        .service("cart", Route.to("/cart"))
        .service("items", Route.to("/cart/items"));
    open("root", "cart", "items");

    assertThat(shop.get(target).body()).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example, exact",
    "SHOP.example, exact",
    "shop.example:8080, exact",
    "shop.example., exact",
    "a.shop.example, wild",
    "a.b.shop.example:1, wild",
    "other.example, any",
    "xshop.example, any",
    "127.0.0.1, any",
  })
  void an_exact_host_wins_over_one_with_a_star_and_that_over_none(String host, String service)
      throws Exception {
    shop.service("any", Route.to("/"))
        .service("wild", route("/", "*.shop.example", false))
        .service("exact", route("/", "shop.example", false));
    open("any", "wild", "exact");

    assertThat(shop.ask("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").body()).isEqualTo(service);
  }

  @Test
  void of_two_paths_as_long_the_one_that_asks_for_more_wins() throws Exception {
    shop.service("any", Route.to("/a"))
        .service(
            "beta",
            new Route(
                "/a",
                Optional.empty(),
                Set.of(),
                Optional.of(new HeaderMatch("x-version", "beta")),
                false))
        .service(
            "writes",
            new Route("/a", Optional.empty(), Set.of("POST", "PUT"), Optional.empty(), false));
    open("any", "beta", "writes");

    assertThat(shop.get("/a").body()).isEqualTo("any");
    assertThat(shop.ask("GET /a HTTP/1.1\r\nHost: a\r\nX-Version: beta\r\n\r\n").body())
        .isEqualTo("beta");
    assertThat(shop.ask("GET /a HTTP/1.1\r\nHost: a\r\nX-Version: Beta\r\n\r\n").body())
        .isEqualTo("any");
    assertThat(shop.ask("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").body())
        .isEqualTo("writes");
  }

  @Test
  void a_longer_path_of_another_host_does_not_hide_a_shorter_one() throws Exception {
    shop.service("any", Route.to("/")).service("b", route("/x/y", "b.example", false));
    open("any", "b");

    assertThat(shop.get("/x/y/z").body()).isEqualTo("any");
  }

  @Test
  void what_no_route_takes_is_404_and_another_method_405() throws Exception {
    shop.service(
        "writes",
        new Route("/a", Optional.empty(), Set.of("POST", "PUT"), Optional.empty(), false));
    open("writes");

    assertThat(shop.get("/b").status()).isEqualTo(404);
    RawClient.Answer answer = shop.get("/a");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.field("allow")).isEqualTo("POST, PUT");
  }

  @ParameterizedTest
  @CsvSource({
    "/shop, /",
    "/shop/, /",
    "/shop/a, /a",
    "/shop/a/b?c=d, /a/b?c=d",
    "/shop?c=d, /?c=d",
    "//shop//a, /a",
    "/shop/x/../a, /a",
    "/x/../shop/%61, /a",
  })
  void a_route_may_strip_its_path(String target, String asked) throws Exception {
    shop.service("shop", new Route("/shop", Optional.empty(), Set.of(), Optional.empty(), true));
    Backend backend = Backend.saying("hello");
    shop.open().admit("shop", backend);

    assertThat(shop.get(target).status()).isEqualTo(200);
    assertThat(backend.seen.getFirst().line()).isEqualTo("GET " + asked + " HTTP/1.1");
  }

  @Test
  void a_path_with_dots_reaches_the_service_as_it_was_routed() throws Exception {
    shop.service("shop", Route.to("/shop"));
    Backend backend = Backend.saying("hello");
    shop.open().admit("shop", backend);

    shop.get("/x/%2e%2e/shop/./a//b/%7e?q=%7e/../y");

    assertThat(backend.seen.getFirst().line()).isEqualTo("GET /shop/a//b/~?q=%7e/../y HTTP/1.1");
  }

  @Test
  void a_redirect_is_answered_by_the_gateway_with_what_follows_the_path() throws Exception {
    shop.redirects(
            new GatewayPlan.Redirect("/old", "https://new.example/shop", 301),
            new GatewayPlan.Redirect("/old/deep", "/elsewhere", 307))
        .service("root", Route.to("/"));
    open("root");

    try (RawClient client = shop.client()) {
      RawClient.Answer answer = client.get("/old/a%20b?c=d");
      assertThat(answer.status()).isEqualTo(301);
      assertThat(answer.field("location")).isEqualTo("https://new.example/shop/a%20b?c=d");
      assertThat(client.get("/old/deep").field("location")).isEqualTo("/elsewhere");
      assertThat(client.get("/older").body()).isEqualTo("root");
    }
  }

  @Test
  void the_host_of_an_absolute_target_goes_before_the_field() throws Exception {
    shop.service("a", route("/", "a.example", false)).service("b", route("/", "b.example", false));
    Backend a = Backend.saying("a");
    shop.open().admit("a", a).admit("b", Backend.saying("b"));

    RawClient.Answer answer =
        shop.ask("GET http://a.example/x?y HTTP/1.1\r\nHost: b.example\r\n\r\n");

    assertThat(answer.body()).isEqualTo("a");
    assertThat(a.seen.getFirst().line()).isEqualTo("GET /x?y HTTP/1.1");
    assertThat(a.seen.getFirst().field("host")).isEqualTo("a.example");
  }

  @Test
  void options_for_all_of_the_server_goes_to_the_root_or_is_answered() throws Exception {
    shop.service("a", Route.to("/a"));
    open("a");

    assertThat(shop.ask("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(204);
  }

  @Test
  void a_new_topology_routes_at_once_and_what_is_under_way_ends_on_the_old() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    shop.service("old", Route.to("/"));
    Backend old =
        Backend.of(
            (request, talk) -> {
              talk.say("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\no");
              mayEnd.await();
              talk.say("ld");
              return true;
            });
    shop.open().admit("old", old).admit("new", Backend.saying("new"));
    try (RawClient slow = shop.client();
        RawClient kept = shop.client()) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      slow.head();
      shop.services.clear();
      shop.service("new", Route.to("/"));

      shop.gateway().apply(shop.topology());

      assertThat(kept.get("/").body()).isEqualTo("new");
      mayEnd.countDown();
      assertThat(slow.read(3)).isEqualTo("old");
      assertThat(slow.get("/").body()).isEqualTo("new");
    }
  }
}
