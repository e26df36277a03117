package dev.cubit.qr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a query is told by the name that the client used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadRequestsTest {
  private final Running qr = new Running();

  @AfterAll
  void stop() {
    qr.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // Malformed.
        "data=%, data, ends in the middle",
        "data=a%4, data, ends in the middle",
        "data=%zz, data, percent sign",
        "data=%-1, data, percent sign",
        "data=%E4, data, not UTF-8",
        "data=%ED%A0%80, data, not UTF-8",
        "data=%C0%80, data, not UTF-8",
        "data=%F5%80%80%80, data, not UTF-8",
        "data=a&%zz=1, %zz, percent sign",
        "data=a&level=%zz, level, percent sign",
        "text=%zz&data=a, text, percent sign",
        // Unknown names.
        "data=a&sise=3, sise, did you mean 'size'?",
        "data=a&eclevel=H, eclevel, did you mean 'ecLevel'?",
        "data=a&centerImageUrl=x, centerImageUrl, there is no option",
        "data=a&=1, ``, there is no option",
        // Unknown values.
        "data=a&level=X, level, `one of L, M, Q, H`",
        "data=a&ecc=, ecc, `one of L, M, Q, H`",
        "data=a&size=0, size, from 1 to 10000",
        "data=a&size=10001, size, from 1 to 10000",
        "data=a&size=-5, size, from 1 to 10000",
        "data=a&size=3e2, size, from 1 to 10000",
        "data=a&size=300x, size, from 1 to 10000",
        "data=a&size=x300, size, from 1 to 10000",
        "data=a&size=300x300x300, size, from 1 to 10000",
        "data=a&width=99999999999999999999, width, from 1 to 10000",
        "data=a&width=%D9%A3, width, from 1 to 10000",
        "data=a&scale=0, scale, from 1 to",
        "data=a&scale=1000, scale, lower 'scale'",
        "data=a&margin=-1, margin, from 0 to",
        "data=a&margin=101, margin, in modules here",
        "data=a&qzone=101, qzone, from 0 to 100",
        "data=a&size=100x100&margin=45, margin, no room",
        "data=a&version=0, version, from 1 to 40",
        "data=a&version=41, version, from 1 to 40",
        "data=a&mask=8, mask, from 0 to 7",
        "data=a&maskPattern=8, maskPattern, from 0 to 7",
        "data=a&boost=maybe, boost, true or false",
        "data=a&micro=2, micro, true or false",
        "data=a&eci=26, eci, true or false",
        "data=a&parts=17, parts, from 1 to 16",
        "data=a&part=2, part, say how many with 'parts'",
        "data=ab&parts=2&part=3, part, no part 3 of 2",
        "data=a&dark=ff, dark, is a colour",
        "data=a&color=12345, color, is a colour",
        "data=a&bgcolor=256-0-0, bgcolor, is a colour",
        "data=a&light=salmon, light, is a colour",
        "data=a&color.dark=%23ggg, color.dark, is a colour",
        "data=a&format=bmp, format, is one of",
        "data=a&type=image/webp, type, is one of",
        "data=a&charset-source=ISO-8859-1, charset-source, can only be UTF-8",
        "data=a&charset-target=SJIS, charset-target, can only be UTF-8",
        "data=a&download=../x, download, file name",
        "data=a&download=a/b, download, file name",
        "data=a&download=a%5Cb, download, file name",
        "data=a&download=a%0D%0Ab, download, file name",
        "data=a&download=%22, download, file name",
        // Contradictions.
        "data=a&data=b, data, twice",
        "data=a&text=b, text, 'data' and 'text'",
        "data=a&text=, text, contradict",
        "data=a&level=L&level=H, level, twice",
        "data=a&level=L&ecc=H, ecc, 'level' and 'ecc'",
        "data=a&size=300&scale=3, scale, 'size' and 'scale'",
        "data=a&width=300&scale=3, scale, 'width' and 'scale'",
        "data=a&margin=2&qzone=3, qzone, 'margin' and 'qzone'",
        "data=a&dark=red&light=f00, dark, same colour",
        "data=a&bgcolor=000, bgcolor, same colour",
        "data=a&format=png&type=svg, type, 'format' and 'type'",
        "data=a&micro&level=H, level, Micro",
        "data=a&micro&version=9, version, from 1 to 4",
        "data=a&micro&maskPattern=5, maskPattern, from 0 to 3",
        "data=a&micro&eci, eci, ECI",
        // Too small.
        "data=a&size=28, size, too small",
        "text=a&width=28, width, too small",
      })
  void it_is_a_problem_that_names_the_parameter(String query, String parameter, String detail)
      throws Exception {
    try (var raw = new RawClient(qr.port())) {
      var response = raw.exchange("GET /?" + query + " HTTP/1.1\r\nhost: x\r\n\r\n");

      assertThat(response)
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("content-type: application/problem+json\r\n", "\"status\":400", detail);
      if (!parameter.isEmpty()) {
        assertThat(response).contains("\"parameter\":\"" + parameter + "\"");
      }
    }
  }

  @Test
  void a_byte_above_127_that_is_not_escaped_is_a_problem() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      assertThat(raw.exchange("GET /?data=\u00ff HTTP/1.1\r\nhost: x\r\n\r\n"))
          .contains(" 400 ", "must be percent-encoded");
    }
  }

  @Test
  void too_much_data_is_a_problem_that_names_it() throws Exception {
    assertThat(qr.get("/?data=" + "%C3%BC".repeat(1160)).statusCode()).isEqualTo(200);
    Running.assertProblem(qr.get("/?data=" + "%C3%BC".repeat(1200)), 400, "data", "too long");
    Running.assertProblem(qr.get("/?text=" + "9".repeat(7089)), 400, "text", "too long");
    Running.assertProblem(qr.get("/?data=" + "9".repeat(50_000)), 400, "data", "50000 characters");
    Running.assertProblem(qr.get("/?text=" + "9".repeat(50_000)), 400, "text", "50000 characters");
  }

  @Test
  void what_a_client_wrote_comes_back_as_json_and_nothing_else() throws Exception {
    var response = qr.get("/?data=a&%22%5C%0A%3Cb%3E=1");

    Running.assertProblem(response, 400, "\\\"\\\\\\u000a<b>", "there is no option");
  }

  @Test
  void a_connection_outlives_a_problem() throws Exception {
    try (var raw = new RawClient(qr.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(raw.exchange("GET /?data=%zz HTTP/1.1\r\nhost: x\r\n\r\n")).contains(" 400 ");
        assertThat(raw.exchange("GET /?data=a HTTP/1.1\r\nhost: x\r\n\r\n")).contains(" 200 ");
      }
    }
  }
}
