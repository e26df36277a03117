package dev.cubit.hello;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import dev.cubit.server.Server;
import dev.cubit.server.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees, byte for byte. */
final class AnswerTest {
  private static final String END = " HTTP/1.1\r\nhost: x\r\n\r\n";
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 12\r\n\r\n";
  private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"GET /", "GET /?a=b", "GET http://somewhere/"})
  void the_root_greets(String words) throws Exception {
    try (var server = start(OptionalInt.empty());
        var client = new RawClient(server.port())) {
      assertThat(client.exchange(words + END)).isEqualTo(HEAD + "Hello World\n");
    }
  }

  @Test
  void head_has_the_length_and_no_body() throws Exception {
    try (var server = start(OptionalInt.empty());
        var client = new RawClient(server.port())) {
      client.send("HEAD /" + END + "GET /" + END);

      assertThat(client.head()).isEqualTo(HEAD);
      assertThat(client.head()).as("nothing between the two heads").isEqualTo(HEAD);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /x", "GET //", "DELETE /", "OPTIONS *", "HEAD /x", "BREW /"})
  void everything_else_is_not_found(String words) throws Exception {
    try (var server = start(OptionalInt.empty());
        var client = new RawClient(server.port())) {
      assertThat(client.exchange(words + END)).isEqualTo(NOT_FOUND);
    }
  }

  @Test
  void a_body_that_nobody_wants_does_not_disturb_the_next_request() throws Exception {
    try (var server = start(OptionalInt.empty());
        var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n" + "b".repeat(100_000));
      assertThat(client.head()).isEqualTo(NOT_FOUND);
      assertThat(client.exchange("GET /" + END)).isEqualTo(HEAD + "Hello World\n");
    }
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws Exception {
    try (var server = start(OptionalInt.empty());
        var client = new RawClient(server.port())) {
      client.send(("GET /" + END + "GET /x" + END).repeat(500));
      for (int i = 0; i < 500; i++) {
        assertThat(client.head()).isEqualTo(HEAD);
        assertThat(client.body(12)).asString().isEqualTo("Hello World\n");
        assertThat(client.head()).isEqualTo(NOT_FOUND);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 129, 1800, 1_000_000})
  void a_body_has_the_length_asked_for_on_every_connection(int bytes) throws Exception {
    var expected = "Hello World\n".repeat(bytes / 12 + 1).substring(0, bytes);
    try (var server = start(OptionalInt.of(bytes))) {
      var failures =
          IntStream.range(0, 8).parallel().filter(i -> !serves(server, expected)).count();

      assertThat(failures).isZero();
    }
  }

  /** Two requests at once, so that the one buffer of a loop is in the queue twice. */
  private static boolean serves(Server server, String expected) {
    try (var client = new RawClient(server.port())) {
      client.send(("GET /" + END).repeat(2));
      for (int i = 0; i < 2; i++) {
        assertThat(client.head()).contains("content-length: " + expected.length() + "\r\n");
        assertThat(Arrays.equals(client.body(expected.length()), expected.getBytes(US_ASCII)))
            .as("the body is as expected")
            .isTrue();
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void http_2_without_tls_is_answered_to_a_client_that_knows() {
    var vertx = Vertx.vertx();
    var options = new HttpClientOptions().setHttp2ClearTextUpgrade(false);
    options.setProtocolVersion(HttpVersion.HTTP_2);
    // Kept in a variable until the end: Vert.x closes a client that the collector finds
    // unreachable.
    var client = vertx.createHttpClient(options);
    try (var server = start(OptionalInt.empty())) {
      var body =
          client
              .request(HttpMethod.GET, server.port(), "127.0.0.1", "/")
              .compose(request -> request.send())
              .compose(
                  response -> {
                    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
                    return response.body();
                  })
              .await();

      assertThat(body.toString()).isEqualTo("Hello World\n");
    } finally {
      client.close().await();
      vertx.close().await();
    }
  }

  private static Server start(OptionalInt bodyBytes) {
    return Server.start(
        new Settings("127.0.0.1", 0, 2), farewell -> new Answer(bodyBytes, farewell));
  }
}
