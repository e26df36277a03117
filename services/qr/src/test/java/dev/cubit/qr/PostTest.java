package dev.cubit.qr;

import static dev.cubit.qr.Running.assertProblem;
import static dev.cubit.qr.Running.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data in a body. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostTest {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  @Test
  void a_text_is_taken_as_it_is() throws Exception {
    var response = qr.post("/", "text/plain; charset=\"UTF-8\"", "Grüße + %41\n");

    assertThat(response.statusCode()).as(Running.text(response)).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("image/png");
    assertThat(header(response, "etag")).isEmpty();
    assertThat(Pictures.text(response.body())).isEqualTo("Grüße + %41\n");
  }

  @Test
  void json_has_data_and_options() throws Exception {
    var response =
        qr.post(
            "/",
            JSON,
            """
            {"data": "\\u0041 \\ud83d\\ude42", "width": 200, "errorCorrectionLevel": "H",
             "color": {"dark": "#00f", "light": "#ff0"}, "boost": false, "version": null}
            """);

    assertThat(response.statusCode()).as(Running.text(response)).isEqualTo(200);
    var image = Pictures.image(response.body());
    assertThat(image.getWidth()).isEqualTo(200);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xffffff00);
    assertThat(Pictures.text(response.body())).isEqualTo("A 🙂");
  }

  @Test
  void a_form_is_read_as_a_query_is() throws Exception {
    var response = qr.post("/", FORM, "data=a+b%2Bc&size=200");

    assertThat(Pictures.text(response.body())).isEqualTo("a b+c");
    assertThat(Pictures.image(response.body()).getWidth()).isEqualTo(200);
  }

  @Test
  void bytes_are_taken_as_they_are() throws Exception {
    var response =
        qr.post("/", "application/octet-stream", "caf\u00e9\u0000\u00ff".getBytes(ISO_8859_1));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Pictures.latin1(response.body())).isEqualTo("caf\u00e9\u0000\u00ff");
  }

  @Test
  void options_may_stand_in_the_query() throws Exception {
    var response = qr.post("/?format=svg&download=x", TEXT, "a");

    assertThat(header(response, "content-type")).isEqualTo("image/svg+xml");
    assertThat(header(response, "content-disposition")).contains("x.svg");
    assertThat(Pictures.text(qr.post("/?data=q", TEXT, "").body())).isEqualTo("q");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, ''",
    "application/json, {}",
    "application/json, '{\"data\":\"\"}'",
    "application/x-www-form-urlencoded, size=3",
    "application/octet-stream, ''",
  })
  void no_data_is_a_bad_request_with_an_empty_body(String type, String body) throws Exception {
    var response = qr.post("/", type, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "application/json, {\"data\":\"a\", body, the body is not JSON: line 1",
        "application/json, [1], body, must be a JSON object",
        "application/json, \"a\", body, must be a JSON object",
        "application/json, nonsense, body, the body is not JSON",
        "application/json, {\"data\":\"a\"} {}, body, more than one",
        "application/json, `{\"data\":\"a\",\"data\":\"a\"}`, body, Duplicate",
        "application/json, {\"data\":7}, data, is a string in quotes",
        "application/json, {\"data\":[\"a\"]}, data, nothing else",
        "application/json, {\"data\":{\"a\":1}}, data, nothing else",
        "application/json, `{\"data\":\"a\",\"size\":[3]}`, size, nothing else",
        "application/json, `{\"data\":\"a\",\"size\":3.5}`, size, from 1 to 10000",
        "application/json, `{\"data\":\"a\",\"color\":{\"middle\":\"red\"}}`, color.middle, no"
            + " option",
        "application/json, `{\"data\":\"a\",\"text\":\"b\"}`, text, contradict",
        "application/x-www-form-urlencoded, data=%zz, data, percent sign",
      })
  void a_bad_body_is_a_problem_that_names_it(
      String type, String body, String parameter, String detail) throws Exception {
    assertProblem(qr.post("/", type, body), 400, parameter, detail);
  }

  @Test
  void half_a_character_in_json_is_a_problem() throws Exception {
    assertProblem(qr.post("/", JSON, "{\"data\":\"\\ud83d\"}"), 400, "data", "");
  }

  @Test
  void text_that_is_not_utf8_is_a_problem() throws Exception {
    assertProblem(qr.post("/", TEXT, new byte[] {(byte) 0xe4}), 400, "body", "not UTF-8");
  }

  @Test
  void data_in_query_and_body_must_agree() throws Exception {
    assertProblem(qr.post("/?data=a", TEXT, "b"), 400, "body", "'data' and 'body'");
    assertThat(qr.post("/?data=a", TEXT, "a").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"multipart/form-data; boundary=x", "image/png", "text/plain; charset=latin1"})
  void other_types_are_not_supported(String type) throws Exception {
    assertThat(qr.post("/", type, "a").statusCode()).isEqualTo(415);
    assertThat(qr.post("/batch", type, "a").statusCode()).isEqualTo(415);
  }

  @Test
  void a_body_that_is_too_large_is_refused_before_it_is_read() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      raw.send(
          "POST / HTTP/1.1\r\n"
              + "host: x\r\n"
              + "content-type: text/plain\r\n"
              + "content-length: 1048577\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 413 ").contains("connection: close");
    }
    try (var raw = new RawClient(qr.port())) {
      raw.send("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
      for (int i = 0; i < 17; i++) {
        raw.send("10000\r\n" + "x".repeat(65536) + "\r\n");
      }
      assertThat(raw.head()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void who_asks_before_sending_is_told_to_go_on() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      raw.send("POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 100 ");
      assertThat(raw.exchange("ciao")).startsWith("HTTP/1.1 200 ");
    }
  }
}
