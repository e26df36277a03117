package dev.cubit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseParserTest {
  private final ResponseParser parser = new ResponseParser();

  private int read(String text) throws ProtocolException {
    return Feed.whole(parser, text.getBytes(StandardCharsets.ISO_8859_1), 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.2 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 000 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "<html>",
        "\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0x1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabX\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      })
  void breaks_http(String response) {
    parser.begin(false);
    assertThatThrownBy(() -> read(response)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void a_head_without_end_is_given_up_at_256_kib() {
    parser.begin(false);
    byte[] line = ("X: " + "x".repeat(8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(
            () -> {
              read("HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 40; i++) {
                Feed.whole(parser, line, 0);
              }
            })
        .hasMessageContaining("longer than 256 KiB");
  }

  @Test
  void interim_responses_come_before_the_one_that_counts() throws ProtocolException {
    parser.begin(false);
    read(
        "HTTP/1.1 100 Continue\r\n\r\n"
            + "HTTP/1.1 103 Early Hints\r\n"
            + "Link: </a>\r\n\r\n"
            + "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "ok");
    assertThat(parser.done()).isTrue();
    assertThat(parser.status()).isEqualTo(200);
    assertThat(parser.bodyBytes()).isEqualTo(2);
  }

  @Test
  void the_answer_to_head_has_no_body_whatever_its_length_says() throws ProtocolException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    parser.begin(true);
    read(head);
    assertThat(parser.done()).isTrue();
    parser.begin(false); // the same head, remembered, does not end the answer to GET
    read(head);
    assertThat(parser.done()).isFalse();
    assertThat(parser.skippable()).isEqualTo(5);
  }

  @Test
  void without_length_the_body_ends_with_the_connection() throws ProtocolException {
    parser.begin(false);
    read("HTTP/1.1 200 OK\r\n\r\nall of this");
    assertThat(parser.done()).isFalse();
    assertThat(parser.endsWithConnection()).isTrue();
    assertThat(parser.closes()).isTrue();
    assertThat(parser.bodyBytes()).isEqualTo(11);
  }

  @Test
  void http_1_0_closes_unless_it_says_keep_alive() throws ProtocolException {
    parser.begin(false);
    read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.closes()).isTrue();
    parser.begin(false);
    read("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.closes()).isFalse();
  }

  @Test
  void a_header_is_found_whatever_its_case() throws ProtocolException {
    parser.begin(false);
    read("HTTP/1.1 200 OK\r\nCONTENT-type: image/png\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.headerValue("Content-Type")).isEqualTo("image/png");
    assertThat(parser.headerValue("ETag")).isEmpty();
  }
}
