package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real products, with a database each, split while they are written. */
class SplitProductsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int WRITERS = 4;
  private static final int GONE = -1;

  @TempDir Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger writes = new AtomicInteger();

  /** The stock of each, as the last answer said; {@link #GONE} where it was removed. */
  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  private void write() throws IOException {
    String java =
        Program.java().getFirst()
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m -jar "
            + Checkout.service("products");
    Upped.write(
        folder,
        """
        products:
          run: %s
          route: /products
          clones: 1
          ready-timeout: 2m
          partitions:
            key: path[1]
            ranges:
              A-L: { env: { DATABASE_URL: "jdbc:sqlite:data/1.db" } }
              M-Z: { env: { DATABASE_URL: "jdbc:sqlite:data/2.db" } }
            move: %s move
        """
            .formatted(java, java));
  }

  private HttpResponse<String> send(String address, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Upped.LONG)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** One of several who write products of all letters, each its own. */
  private Void writes(String address, int number) throws IOException, InterruptedException {
    for (int i = 0; !stop.get(); i++) {
      String name = (char) ('A' + i % 26) + "rticle" + number;
      boolean removes = i % 7 == 6 && acknowledged.getOrDefault(name, GONE) != GONE;
      String body = "{\"price\":{\"amount\":199,\"currency\":\"EUR\"},\"stock\":" + i + "}";
      HttpResponse<String> answer =
          send(address, removes ? "DELETE" : "PUT", "/products/" + name, removes ? "" : body);
      assertThat(answer.statusCode()).as(name + ": " + answer.body()).isIn(200, 201, 204);
      acknowledged.put(name, removes ? GONE : i);
      writes.incrementAndGet();
    }
    return null;
  }

  /** The names that one clone has, asked past the gateway. */
  private List<String> names(Upped up, String clone) throws IOException, InterruptedException {
    JsonNode status = JSON.readTree(up.cubit("ps", "--json").out());
    for (JsonNode each : status.path("clones")) {
      if (each.at("/status/name").asString().equals(clone)) {
        String address = "http://127.0.0.1:" + each.at("/status/port").asInt();
        JsonNode all = JSON.readTree(send(address, "GET", "/products?limit=1000", "").body());
        List<String> names = new ArrayList<>();
        all.forEach(product -> names.add(product.path("name").asString()));
        return names;
      }
    }
    throw new AssertionError("there is no " + clone + " in " + status);
  }

  @Test
  void nothing_that_was_acknowledged_is_lost_and_no_request_fails() throws Exception {
    write();
    try (Upped up = Upped.start(folder).awaitUp();
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        all.add(writers.submit(() -> writes(up.address(), number)));
      }
      await().atMost(Upped.LONG).until(() -> writes.get() > 200);
      Program.Ended split =
          up.cubit(
              "split",
              "products",
              "A-L",
              "at",
              "F",
              "--env",
              "DATABASE_URL=jdbc:sqlite:data/3.db",
              "--hold-at-most",
              "25s");
      int until = writes.get() + 100;
      await().atMost(Upped.LONG).until(() -> writes.get() > until || failed(all));
      stop.set(true);
      for (Future<Void> one : all) {
        one.get();
      }
      assertThat(split.exitCode()).as(split.toString()).isZero();

      TreeSet<String> there = new TreeSet<>();
      for (Map.Entry<String, Integer> product : acknowledged.entrySet()) {
        HttpResponse<String> found = send(up.address(), "GET", "/products/" + product.getKey(), "");
        if (product.getValue() == GONE) {
          assertThat(found.statusCode()).as(product.getKey()).isEqualTo(404);
        } else {
          assertThat(found.statusCode()).as(product.getKey()).isEqualTo(200);
          assertThat(JSON.readTree(found.body()).path("stock").asInt())
              .as(product.getKey())
              .isEqualTo(product.getValue());
          there.add(product.getKey());
        }
      }
      assertThat(names(up, "products.A-E.1")).containsExactlyElementsOf(there.subSet("A", "F"));
      assertThat(names(up, "products.F-L.1")).containsExactlyElementsOf(there.subSet("F", "M"));
      assertThat(names(up, "products.M-Z.1")).containsExactlyElementsOf(there.tailSet("M"));
      assertThat(Files.readString(folder.resolve("cubit.yaml")))
          .contains("F-L: { env: { DATABASE_URL: \"jdbc:sqlite:data/3.db\" } }");
    }
  }

  private static boolean failed(List<Future<Void>> all) {
    return all.stream().anyMatch(Future::isDone);
  }
}
