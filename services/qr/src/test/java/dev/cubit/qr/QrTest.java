package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.server.Program;
import dev.cubit.server.RawClient;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program from its start to its end, as a real process. */
final class QrTest {
  @Test
  void says_where_it_listens_and_ends_at_a_term_signal() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "EVENT_LOOPS", "2"));
        var client = new RawClient(program.port())) {
      assertThat(client.exchange("GET /?data=a HTTP/1.1\r\nhost: x\r\n\r\n"))
          .contains("content-type: image/png");

      long asked = System.nanoTime();
      program.terminate();

      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .contains("with 2 event loops on ");
      assertThat(program.out()).isEmpty();
    }
  }

  /** One loop, so that all but the first request wait in their sockets while it works. */
  @Test
  void requests_that_wait_at_a_term_signal_are_answered() throws Exception {
    var request = "GET /?data=" + "x".repeat(2000) + " HTTP/1.1\r\nhost: x\r\n\r\n";
    var clients = new ArrayList<RawClient>();
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "EVENT_LOOPS", "1"))) {
      for (int i = 0; i < 10; i++) {
        clients.add(new RawClient(program.port()));
        // All connections are known to the loop before it is kept busy.
        assertThat(clients.getLast().exchange("GET /x HTTP/1.1\r\nhost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 404");
      }
      for (var client : clients) {
        client.send(request);
      }
      assertThat(clients.getFirst().head()).startsWith("HTTP/1.1 200 OK");

      program.terminate();

      for (var client : clients.subList(1, clients.size())) {
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
      }
      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(program.err()).doesNotContain("cut off");
    } finally {
      for (var client : clients) {
        client.close();
      }
    }
  }

  /** What is large is with the workers at that moment, and a batch is on its way. */
  @Test
  void large_orders_at_a_term_signal_are_answered() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "WORKERS", "1"));
        var large = new RawClient(program.port());
        var batch = new RawClient(program.port())) {
      var lines = "x\n".repeat(200);
      batch.send("POST /batch HTTP/1.1\r\nhost: x\r\ncontent-length: 400\r\n\r\n" + lines);
      assertThat(batch.head()).startsWith("HTTP/1.1 200 OK").contains("chunked");
      large.send("GET /?data=a&size=4000 HTTP/1.1\r\nhost: x\r\n\r\n");
      // Both are known to the service before it is told to end.
      await().until(() -> value(program, "qr_requests_total{status=\"200\"}") >= 1);

      program.terminate();

      var head = large.head();
      assertThat(head).startsWith("HTTP/1.1 200 OK");
      assertThat(large.body(RawClient.length(head))).hasSize(RawClient.length(head));
      assertThat(batch.rest()).endsWith("\r\n0\r\n\r\n");
      assertThat(program.exitCode()).isIn(0, 143);
      assertThat(program.err()).doesNotContain("cut off");
    }
  }

  @Test
  void each_request_is_a_line_of_json_on_stdout_when_asked_for() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0"), "--access-log");
        var client = new RawClient(program.port())) {
      client.exchange("GET /?data=secret HTTP/1.1\r\nhost: x\r\n\r\n");
      client.exchange("GET /no%22thing HTTP/1.1\r\nhost: x\r\n\r\n");
      client.exchange("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\n\r\nsecret");

      program.terminate();

      assertThat(program.exitCode()).isIn(0, 143);
      var lines = program.out().lines().map(JsonObject::new).toList();
      assertThat(lines)
          .extracting(line -> line.getString("method"))
          .containsExactly("GET", "GET", "POST");
      assertThat(lines)
          .extracting(line -> line.getInteger("status"))
          .containsExactly(200, 404, 200);
      assertThat(lines.get(1).getString("path")).isEqualTo("/no%22thing");
      assertThat(lines.get(0).getString("client")).isEqualTo("127.0.0.1");
      assertThat(lines.get(0).getInteger("bytes")).isPositive();
      assertThat(lines.get(0).getInteger("micros")).isPositive();
      assertThat(Instant.parse(lines.get(0).getString("time"))).isBefore(Instant.now());
      assertThat(program.out()).doesNotContain("secret");
    }
  }

  @Test
  void a_port_in_use_is_one_sentence_and_exit_code_3() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program =
            Program.start(Qr.class, Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err())
          .isEqualTo(
              "qr: 127.0.0.1:%d is already in use; set PORT to another port (0 takes a free one)\n"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void an_address_of_another_machine_is_one_sentence_and_exit_code_3() throws Exception {
    try (var program = Program.start(Qr.class, Map.of("PORT", "0", "HOST", "192.0.2.1"))) {
      assertThat(program.exitCode()).isEqualTo(3);
      assertThat(program.err().lines())
          .singleElement()
          .asString()
          .startsWith("qr: cannot listen on 192.0.2.1:0: ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, abc, PORT is 'abc'; set it to a whole number from 0 to 65535",
    "WORKERS, 0, WORKERS is '0'; set it to a whole number from 1 to 256",
    "QUEUE, many, QUEUE is 'many'; set it to a whole number from 0 to 100000",
    "ACCESS_LOG, yes, ACCESS_LOG is 'yes'; set it to on or off",
    "LOG_LEVEL, loud, 'LOG_LEVEL is ''loud''; set it to trace, debug, info, warn, error or off'",
  })
  void a_bad_variable_is_one_sentence_and_exit_code_2(String name, String value, String sentence)
      throws Exception {
    try (var program = Program.start(Qr.class, Map.of(name, value))) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err()).isEqualTo("qr: " + sentence + "\n");
    }
  }

  @Test
  void help_shows_examples() throws Exception {
    try (var program = Program.start(Qr.class, Map.of(), "--help")) {
      assertThat(program.exitCode()).isZero();
      assertThat(program.out()).contains("Usage: java -jar qr.jar", "Examples:");
      assertThat(program.err()).isEmpty();
    }
  }

  private static double value(Program program, String name) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + program.port() + "/metrics");
      var metrics = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return metrics
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .sum();
    }
  }
}
