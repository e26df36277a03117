package dev.cubit.qr;

import static dev.cubit.qr.Running.assertProblem;
import static dev.cubit.qr.Running.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.server.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many codes in, a ZIP out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BatchTest {
  private static final String JSON = "application/json";

  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  @Test
  void each_code_has_options_of_its_own_and_those_of_all() throws Exception {
    var response =
        qr.post(
            "/batch?level=H",
            JSON,
            """
            {"codes": [{"data": "one", "name": "first"}, {"data": "two", "size": 100},
                       {"data": "three", "format": "svg"}, "four"],
             "size": 200}
            """);
    var files = files(response);

    assertThat(header(response, "content-type")).isEqualTo("application/zip");
    assertThat(header(response, "content-disposition")).contains("codes.zip");
    assertThat(files).containsOnlyKeys("first.png", "0002.png", "0003.svg", "0004.png");
    assertThat(Pictures.text(file(files, "first.png"))).isEqualTo("one");
    assertThat(Pictures.image(file(files, "first.png")).getWidth()).isEqualTo(200);
    assertThat(Pictures.image(file(files, "0002.png")).getWidth()).isEqualTo(100);
    assertThat(new String(file(files, "0003.svg"), UTF_8)).contains("<svg", "200");
    assertThat(file(files, "0004.png")).isEqualTo(qr.get("/?data=four&level=H&size=200").body());
  }

  @Test
  void lines_of_text_are_codes() throws Exception {
    var files = files(qr.post("/batch?size=150", "text/plain", "eins\r\n\nzwei\nüber mich"));

    assertThat(files).containsOnlyKeys("0001.png", "0002.png", "0003.png");
    assertThat(Pictures.text(file(files, "0003.png"))).isEqualTo("über mich");
  }

  @Test
  void equal_names_are_told_apart() throws Exception {
    var files =
        files(
            qr.post(
                "/batch",
                JSON,
                """
                [{"data":"a","name":"x"},{"data":"b","name":"X"},{"data":"c","name":"x.png"}]
                """));

    assertThat(files).containsOnlyKeys("x.png", "X-2.png", "x-3.png");
  }

  @Test
  void a_thousand_codes_are_streamed() throws Exception {
    var body =
        IntStream.range(0, 1000)
            .mapToObj(i -> "text number " + i)
            .collect(Collectors.joining("\n"));
    var response = qr.post("/batch", "text/plain", body);
    var files = files(response);

    assertThat(header(response, "transfer-encoding")).isEqualTo("chunked");
    assertThat(files).hasSize(1000);
    assertThat(Pictures.text(file(files, "0777.png"))).isEqualTo("text number 776");
    assertThat(qr.post("/batch", "text/plain", body).body()).isEqualTo(response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/b", "a\\\\b", "/etc/passwd", "C:x", ".hidden", "a\\u0000b", "\\u202e"})
  void a_name_that_leads_elsewhere_is_refused(String name) throws Exception {
    var response = qr.post("/batch", JSON, "[{\"data\":\"a\",\"name\":\"" + name + "\"}]");

    assertProblem(response, 400, "codes[0].name", "file name");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{}, codes, no codes",
        "[], codes, no codes",
        "7, body, must be a JSON object",
        "`{\"codes\":7}`, codes, there is no option",
        "`[{\"data\":\"a\"},7]`, codes[1], must be a JSON object",
        "`[{\"data\":\"a\"},{}]`, codes[1].data, there is no data",
        "`[{\"data\":\"a\"},\"\"]`, codes[1].data, there is no data",
        "`[\"a\",\"b\",{\"data\":\"c\",\"level\":\"X\"}]`, codes[2].level, one of L",
        "`[\"a\",{\"data\":\"c\",\"sise\":3}]`, codes[1].sise, did you mean",
        "`[\"a\",{\"data\":\"c\",\"size\":20}]`, codes[1].size, too small",
        "`{\"codes\":[\"a\"],\"size\":0}`, size, from 1",
        "`{\"codes\":[\"a\"],\"data\":\"b\"}`, data, data of its own",
        "`{\"codes\":[\"a\"]`, body, not JSON",
      })
  void what_is_wrong_is_found_before_the_first_byte(String body, String parameter, String detail)
      throws Exception {
    assertProblem(qr.post("/batch", JSON, body), 400, parameter, detail);
  }

  @Test
  void data_that_fits_no_code_is_found_before_the_first_byte() throws Exception {
    var lines = "a\n" + "x".repeat(4000) + "\nb";

    assertProblem(qr.post("/batch", "text/plain", lines), 400, "codes[1].data", "too long");
  }

  @Test
  void a_batch_has_bounds() throws Exception {
    assertProblem(qr.post("/batch", "text/plain", "a\n".repeat(1001)), 400, "codes", "1000");
    var pixels = IntStream.range(0, 11).mapToObj(i -> "x").collect(Collectors.joining("\n"));
    assertProblem(
        qr.post("/batch?format=svg&size=10000", "text/plain", pixels),
        400,
        "codes[10].size",
        "pixels");
    try (var raw = new RawClient(qr.port())) {
      raw.send("POST /batch HTTP/1.1\r\nhost: x\r\ncontent-length: 4194305\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 413 ");
    }
  }

  /** Whoever reads slowly waits, and nothing piles up here: the ZIP is some 40 times a piece. */
  @Test
  void a_slow_reader_gets_everything_in_the_end() throws Exception {
    var body = IntStream.range(0, 1000).mapToObj(i -> "x" + i).collect(Collectors.joining("\n"));
    var request =
        qr.request(
            "POST",
            "/batch?format=svg&version=10",
            body.getBytes(UTF_8),
            "content-type",
            "text/plain");
    var response = qr.client().send(request, BodyHandlers.ofInputStream());
    try (var zip = new ZipInputStream(response.body())) {
      int count = 0;
      while (zip.getNextEntry() != null) {
        count += zip.readAllBytes().length > 0 ? 1 : 0;
        if (count == 1) {
          // Others are served while this one holds its ZIP up.
          assertThat(qr.get("/?data=a").statusCode()).isEqualTo(200);
        }
      }
      assertThat(count).isEqualTo(1000);
    }
  }

  @Test
  void a_reader_that_goes_away_leaves_its_place_to_others() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (var raw = new RawClient(qr.port())) {
        var body = "x\n".repeat(200);
        raw.send(
            "POST /batch?format=svg&version=20 HTTP/1.1\r\nhost: x\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        assertThat(raw.head()).startsWith("HTTP/1.1 200 ");
      }
      await().until(() -> qr.post("/batch", "text/plain", "a").statusCode() == 200);
    }
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    var file = files.get(name);
    assertThat(file).as(name).isNotNull();
    return Objects.requireNonNull(file);
  }

  private static Map<String, byte[]> files(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.statusCode()).as(Running.text(response)).isEqualTo(200);
    var files = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
