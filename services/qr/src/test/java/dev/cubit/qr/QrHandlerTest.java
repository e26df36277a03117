package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import dev.cubit.server.Server;
import dev.cubit.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets from a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QrHandlerTest {
  private final Server server =
      Server.start(
          new Settings("127.0.0.1", 0, 2),
          farewell -> new QrHandler(new ZxingEncoder(), new PngDrawing(), farewell));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  void listens() {
    assertThat(server.port()).isPositive();
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ciao", "hello cityjs", "1+1=2 & 100 %", "Grüße, 世界 🙂", "\u0000\n"})
  void a_text_becomes_a_picture_of_300_by_300_pixels(String text) throws Exception {
    var response = get("/?data=" + URLEncoder.encode(text, UTF_8));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("image/png");
    assertThat(Pictures.image(response.body()))
        .returns(300, image -> image.getWidth())
        .returns(300, image -> image.getHeight());
    assertThat(Pictures.text(response.body())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/?", "/?data", "/?data=", "/?date=ciao"})
  void no_data_is_a_bad_request_with_an_empty_body(String target) throws Exception {
    var response = get(target);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("content-type")).isEmpty();
  }

  @Test
  void too_much_data_is_a_problem_that_names_it() throws Exception {
    assertThat(get("/?data=" + "%C3%BC".repeat(1165)).statusCode()).isEqualTo(200);
    assertProblem(get("/?data=" + "%C3%BC".repeat(1166)), "data is too long");
    assertProblem(get("/?data=" + "9".repeat(50_000)), "data is too long");
  }

  @Test
  void a_request_line_beyond_all_reason_is_refused_unread() throws Exception {
    try (var raw = new RawClient(server.port())) {
      raw.send("GET /?data=" + "9".repeat(70_000) + " HTTP/1.1\r\nhost: x\r\n\r\n");
      assertThat(raw.head()).contains(" 414 ");
    }
  }

  @Test
  void malformed_encoding_is_a_problem_that_names_data() throws Exception {
    try (var raw = new RawClient(server.port())) {
      for (var value : new String[] {"%zz", "a%4", "%", "%e4", "\u00ff"}) {
        assertThat(raw.exchange("GET /?data=" + value + " HTTP/1.1\r\nhost: x\r\n\r\n"))
            .startsWith("HTTP/1.1 400 Bad Request\r\n")
            .contains("content-type: application/problem+json\r\n")
            .contains("\"parameter\":\"data\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/x?data=a", "//", "/index.html"})
  void other_paths_are_not_found(String target) throws Exception {
    var response = get(target);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"})
  void other_methods_are_told_which_are_allowed(String method) throws Exception {
    var response = send(method, "/?data=a");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void head_has_the_length_of_the_picture_and_no_body() throws Exception {
    int length = get("/?data=ciao").body().length;
    var response = send("HEAD", "/?data=ciao");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(length);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws Exception {
    try (var raw = new RawClient(server.port())) {
      for (int i = 0; i < 50; i++) {
        raw.send("GET /?data=text" + i + " HTTP/1.1\r\nhost: x\r\n\r\n");
      }
      for (int i = 0; i < 50; i++) {
        var head = raw.head();
        assertThat(Pictures.text(raw.body(RawClient.length(head)))).isEqualTo("text" + i);
      }
    }
  }

  private static void assertProblem(HttpResponse<byte[]> response, String detail) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(new String(response.body(), UTF_8))
        .contains("\"status\":400", "\"parameter\":\"data\"", "\"detail\":\"" + detail);
  }

  private HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
    return send("GET", target);
  }

  private HttpResponse<byte[]> send(String method, String target)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + target);
    var request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }
}
