package dev.cubit.qr;

import static dev.cubit.qr.Running.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import java.net.URLEncoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets for a text in a query. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GetTest {
  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ciao", "hello cityjs", "1+1=2 & 100 %", "Grüße, 世界 🙂", "\u0000\n", "\ufffd"})
  void a_text_becomes_a_picture_of_300_by_300_pixels(String text) throws Exception {
    var response = qr.get("/?data=" + URLEncoder.encode(text, UTF_8));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("image/png");
    assertThat(Pictures.image(response.body()))
        .returns(300, image -> image.getWidth())
        .returns(300, image -> image.getHeight());
    assertThat(Pictures.text(response.body())).isEqualTo(text);
  }

  @Test
  void the_path_qr_is_the_root_by_another_name() throws Exception {
    var picture = qr.get("/qr?text=ciao&size=120");

    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(Running.header(picture, "content-type")).isEqualTo("image/png");
    assertThat(picture.body()).isEqualTo(qr.get("/?text=ciao&size=120").body());
    assertThat(qr.post("/qr", "text/plain", "ciao").body()).isEqualTo(qr.get("/?data=ciao").body());
    assertThat(qr.get("/qr").statusCode()).isEqualTo(400);
    assertThat(qr.get("/qr/").statusCode()).isEqualTo(404);
  }

  @Test
  void a_plus_is_a_space_and_an_escaped_plus_is_a_plus() throws Exception {
    assertThat(Pictures.text(qr.get("/?data=a+b%2Bc%20d").body())).isEqualTo("a b+c d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?",
        "/?data",
        "/?data=",
        "/?text=",
        "/?date=ciao",
        "/?size=x",
        "/?&&",
        "/?%"
      })
  void no_data_is_a_bad_request_with_an_empty_body(String target) throws Exception {
    try (var raw = new RawClient(qr.port())) {
      var response = raw.exchange("GET " + target + " HTTP/1.1\r\nhost: x\r\n\r\n");

      assertThat(response).startsWith("HTTP/1.1 400 ").contains("content-length: 0\r\n");
      assertThat(response).doesNotContain("content-type");
    }
  }

  @Test
  void a_browser_without_data_gets_the_page() throws Exception {
    var response = qr.get("/", "accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(response, "vary")).isEqualToIgnoringCase("Accept");
    var again = qr.get("/", "accept", "text/html", "if-none-match", header(response, "etag"));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void a_browser_with_data_gets_a_png() throws Exception {
    var accept = "text/html,image/avif,image/svg+xml,*/*;q=0.8";

    assertThat(header(qr.get("/?data=a", "accept", accept), "content-type")).isEqualTo("image/png");
  }

  @ParameterizedTest
  @CsvSource({
    "image/svg+xml, image/svg+xml",
    "image/svg+xml;q=1, image/svg+xml",
    "text/plain, text/plain; charset=utf-8",
    "image/png, image/png",
    "image/webp, image/png",
    "*/*, image/png",
  })
  void the_only_format_that_is_accepted_is_sent(String accept, String type) throws Exception {
    var response = qr.get("/?data=a", "accept", accept);

    assertThat(header(response, "content-type")).isEqualTo(type);
    assertThat(header(response, "vary")).isEqualToIgnoringCase("Accept");
  }

  @Test
  void an_option_goes_before_what_is_accepted() throws Exception {
    var response = qr.get("/?data=a&format=png", "accept", "image/svg+xml");

    assertThat(header(response, "content-type")).isEqualTo("image/png");
  }

  @Test
  void who_has_the_picture_already_is_told_so() throws Exception {
    var first = qr.get("/?data=ciao");
    var tag = header(first, "etag");
    var again = qr.get("/?data=ciao", "if-none-match", "\"x\", W/" + tag);

    assertThat(tag).matches("\"[!#-~]+\"");
    assertThat(header(first, "cache-control")).isEqualTo("public, max-age=86400");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(tag);
    assertThat(header(again, "cache-control")).isEqualTo("public, max-age=86400");
    assertThat(qr.get("/?data=ciao", "if-none-match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(qr.get("/?data=ciao&format=svg", "if-none-match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void a_picture_may_be_used_by_any_page() throws Exception {
    assertThat(header(qr.get("/?data=a"), "access-control-allow-origin")).isEqualTo("*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/batch", "/openapi.json", "/healthz", "/metrics"})
  void what_browsers_ask_beforehand_is_answered(String path) throws Exception {
    var response =
        qr.send(
            "OPTIONS",
            path,
            new byte[0],
            "access-control-request-method",
            "POST",
            "access-control-request-headers",
            "content-type");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(response, "access-control-allow-methods"))
        .isEqualTo(header(response, "allow"));
    assertThat(header(response, "access-control-allow-headers")).contains("content-type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?data=ciao", "/?data=ciao&format=svg", "/healthz", "/openapi.json"})
  void head_has_the_length_of_the_answer_and_no_body(String target) throws Exception {
    int length = qr.get(target).body().length;
    var response = qr.send("HEAD", target, new byte[0]);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValueAsLong("content-length")).hasValue(length);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/x?data=a", "//", "/index.html", "/batch/", "/Healthz"})
  void other_paths_are_not_found(String target) throws Exception {
    Running.assertProblem(qr.get(target), 404, "", "there is nothing at this path");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /?data=a, 'GET, HEAD, POST, OPTIONS'",
    "DELETE, /, 'GET, HEAD, POST, OPTIONS'",
    "BREW, /, 'GET, HEAD, POST, OPTIONS'",
    "GET, /batch, 'POST, OPTIONS'",
    "POST, /healthz, 'GET, HEAD, OPTIONS'",
    "PATCH, /metrics, 'GET, HEAD, OPTIONS'",
    "POST, /openapi.json, 'GET, HEAD, OPTIONS'",
  })
  void other_methods_are_told_which_are_allowed(String method, String target, String allowed)
      throws Exception {
    var response = qr.send(method, target, new byte[0]);

    Running.assertProblem(response, 405, "", "use " + allowed);
    assertThat(header(response, "allow")).isEqualTo(allowed);
  }

  @Test
  void a_target_with_its_host_in_it_is_understood() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      assertThat(raw.exchange("GET http://x/?data=ciao HTTP/1.1\r\nhost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void a_request_line_or_head_beyond_all_reason_is_refused_unread() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      raw.send("GET /?data=" + "9".repeat(70_000) + " HTTP/1.1\r\nhost: x\r\n\r\n");
      assertThat(raw.head()).contains(" 414 ");
    }
    try (var raw = new RawClient(qr.port())) {
      raw.send("GET /?data=9 HTTP/1.1\r\nhost: x\r\nx: " + "9".repeat(70_000) + "\r\n\r\n");
      assertThat(raw.head()).contains(" 431 ");
    }
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      for (int i = 0; i < 50; i++) {
        // Every third is large, and answered by a worker.
        var size = i % 3 == 0 ? "&size=2000" : "";
        raw.send("GET /?data=text" + i + size + " HTTP/1.1\r\nhost: x\r\n\r\n");
      }
      for (int i = 0; i < 50; i++) {
        var head = raw.head();
        assertThat(Pictures.text(raw.body(RawClient.length(head)))).isEqualTo("text" + i);
      }
    }
  }
}
