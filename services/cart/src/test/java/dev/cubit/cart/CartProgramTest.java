package dev.cubit.cart;

import static dev.cubit.store.RunningService.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.products.Products;
import dev.cubit.server.Program;
import dev.cubit.store.Client;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as real processes. */
final class CartProgramTest {
  @TempDir private Path folder = Path.of("");

  /** Two clones on one file: carts are filled and bought by both, and nothing is locked. */
  @Test
  void two_processes_sell_from_one_file_and_each_cart_once() throws Exception {
    try (var products = Program.start(Products.class, onFile("products"));
        var shop = new Client(products.port())) {
      shop.send(
          "PUT", "/products/Apple", "{\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"stock\":1}");
      var environment =
          Map.of(
              "PORT", "0",
              "DATABASE_URL", "jdbc:sqlite:" + folder.resolve("cart.db"),
              "PRODUCTS_URL", "http://127.0.0.1:" + products.port());
      try (var first = Program.start(Cart.class, environment);
          var second = Program.start(Cart.class, environment);
          var here = new Client(first.port());
          var there = new Client(second.port());
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var shoppers = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 12; i++) {
          var customer = "c" + i;
          shoppers.add(() -> shop(here, there, customer));
        }
        for (var shopper : threads.invokeAll(shoppers)) {
          assertThat(shopper.get()).isEqualTo(10);
        }
        assertThat(first.err() + second.err()).doesNotContain("WARN", "ERROR", "locked");
      }
    }
  }

  /** Each purchase is asked of both clones at once; how many different orders came of it. */
  private static int shop(Client here, Client there, String customer) throws Exception {
    var orders = new HashSet<String>();
    for (int i = 0; i < 10; i++) {
      var put =
          (i % 2 == 0 ? here : there)
              .send("PUT", "/cart/" + customer + "/items/Apple", "{\"quantity\":2}");
      assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
      var key = customer + "-" + i;
      var target = "/cart/" + customer + "/checkout";
      try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
        var one = both.submit(() -> here.send("POST", target, "", "idempotency-key", key));
        var other = both.submit(() -> there.send("POST", target, "", "idempotency-key", key));
        assertThat(one.get().statusCode()).as(one.get().body()).isEqualTo(201);
        assertThat(other.get().body()).isEqualTo(one.get().body());
        assertThat(
                header(one.get(), "idempotent-replayed")
                    + header(other.get(), "idempotent-replayed"))
            .isEqualTo("true");
        orders.add(one.get().body());
      }
    }
    return orders.size();
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCTS_URL, 127.0.0.1:8080, 'cart: PRODUCTS_URL is ''127.0.0.1:8080''; set it to where"
        + " products are, as in http://127.0.0.1:8080'",
    "PRODUCTS_WAIT, 1, cart: PRODUCTS_WAIT is '1'; set it to a whole number from 10 to 60000",
  })
  void a_bad_variable_is_one_sentence_and_exit_code_2(String name, String value, String sentence)
      throws Exception {
    try (var program =
        Program.start(
            Cart.class,
            Map.of(
                "PORT",
                "0",
                "DATABASE_URL",
                "jdbc:sqlite:" + folder.resolve("x.db"),
                name,
                value))) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).isEqualTo(sentence + "\n");
    }
  }

  @Test
  void help_shows_examples() throws Exception {
    try (var program = Program.start(Cart.class, Map.of(), "--help")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("Usage: java -jar cart.jar", "Examples:");
    }
  }

  private Map<String, String> onFile(String name) {
    return Map.of("PORT", "0", "DATABASE_URL", "jdbc:sqlite:" + folder.resolve(name + ".db"));
  }
}
