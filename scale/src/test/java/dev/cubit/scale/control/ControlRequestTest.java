package dev.cubit.scale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ControlRequestTest {
  @TempDir Path folder;
  private Controlled system;

  record Clone(String name, int port, Optional<String> lastWords, long restartsInMillis) {}

  record Unwritable(int figure) {
    @Override
    public int figure() {
      throw new IllegalStateException("while it is written");
    }
  }

  @BeforeEach
  void start() throws Exception {
    system =
        new Controlled(
            folder,
            request ->
                switch (request.path().isEmpty() ? "" : request.path().getFirst()) {
                  case "clone" -> Answer.of(new Clone("cart.1", 8081, Optional.empty(), 250));
                  case "made" -> new Answer.Json(201, "caffè");
                  case "refused" -> new Answer.Refusal(422, "not so");
                  case "bug" -> throw new IllegalStateException("a secret of the program");
                  case "unwritable" -> Answer.of(new Unwritable(1));
                  case "unknown" -> Answer.unknown(request);
                  default -> Controlled.echo(request);
                });
  }

  @AfterEach
  void stop() {
    system.close();
  }

  private String get(String path) throws Exception {
    return system.raw("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");
  }

  @Test
  void an_answer_is_one_line_of_json_in_the_records_order_without_what_is_absent()
      throws Exception {
    assertThat(get("/clone"))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\n"
                + "cubit-control: 1\r\n"
                + "content-type: application/json\r\n"
                + "connection: keep-alive\r\n"
                + "content-length: 53\r\n"
                + "\r\n"
                + "{\"name\":\"cart.1\",\"port\":8081,\"restartsInMillis\":250}\n");
  }

  @Test
  void a_status_of_the_handlers_own_is_sent_and_all_is_ascii() throws Exception {
    assertThat(get("/made")).startsWith("HTTP/1.1 201 Created\r\n").endsWith("\"caff\\u00E8\"\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/; []; {}",
        "/a/b; [\"a\",\"b\"]; {}",
        "/a/b/; [\"a\",\"b\"]; {}",
        "/a%2Fb/c+d; [\"a/b\",\"c+d\"]; {}",
        "/caff%C3%A8; [\"caff\\u00E8\"]; {}",
        "/a?x=1&y; [\"a\"]; {\"x\":\"1\",\"y\":\"\"}",
        "/a?x=b+c%26d&; [\"a\"]; {\"x\":\"b c&d\"}",
        "/a?; [\"a\"]; {}",
      })
  void paths_and_queries_are_taken_apart(String uri, String path, String query) throws Exception {
    assertThat(get(uri)).contains("\"path\":" + path + ",\"query\":" + query);
  }

  @Test
  void a_body_comes_whole_with_a_length_or_in_chunks() throws Exception {
    assertThat(system.raw("PUT / HTTP/1.1\r\ncontent-length: 9\r\n\r\n{\"a\": 1 }"))
        .contains("\"method\":\"PUT\"")
        .endsWith("\"body\":{\"a\":1}}\n");
    assertThat(
            system.raw(
                "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n"
                    + "4\r\n{\"a\"\r\n3\r\n:1}\r\n0\r\n\r\n"))
        .endsWith("\"body\":{\"a\":1}}\n");
  }

  @Test
  void several_requests_on_one_connection_are_answered_in_turn() throws Exception {
    String answers =
        system.raw(
            "GET /1 HTTP/1.1\r\n\r\nHEAD /made HTTP/1.1\r\n\r\nGET /refused HTTP/1.1\r\n\r\n"
                + "GET /3 HTTP/1.1\r\nconnection: close\r\n\r\nGET /4 HTTP/1.1\r\n\r\n");
    assertThat(answers.split("(?=HTTP/1.1 )", 0))
        .satisfiesExactly(
            one -> assertThat(one).contains("[\"1\"]"),
            two -> assertThat(two).contains("201").endsWith("content-length: 13\r\n\r\n"),
            three -> assertThat(three).contains("422"),
            four -> assertThat(four).contains("[\"3\"]").contains("connection: close"));
  }

  @Test
  void a_client_of_http_1_0_gets_an_answer_and_the_end() throws Exception {
    try (SocketChannel socket = system.connect()) {
      Controlled.write(socket, "GET /clone HTTP/1.0\r\n\r\n");
      assertThat(Controlled.rest(socket)).contains("connection: close").endsWith("}\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'hello\r\n\r\n', 400, no HTTP/1.1",
    "'\u0001\u0002\u00ff\r\n\r\n', 400, no HTTP/1.1",
    "'GET / HTTP/1.1\r\nno colon\r\n\r\n', 400, no HTTP/1.1",
    "'GET x HTTP/1.1\r\n\r\n', 400, begins with a slash",
    "'GET /%zz HTTP/1.1\r\n\r\n', 400, two hexadecimal digits",
    "'GET /?a=%f HTTP/1.1\r\n\r\n', 400, two hexadecimal digits",
    "'GET /?a=1&a=2 HTTP/1.1\r\n\r\n', 400, the query has a twice",
    "'POST / HTTP/1.1\r\ncontent-length: 1\r\n\r\n{', 400, the body is no JSON",
    "'POST / HTTP/1.1\r\ncontent-length: 4\r\n\r\n1 2 ', 400, the body is no JSON",
    "'POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n', 400, ''",
    "'POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}', 400, ''",
    "'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400, ''",
    "'POST / HTTP/1.1\r\ncontent-length: 1048577\r\n\r\n', 413, at most 1048576 bytes",
  })
  void what_is_no_request_is_refused_in_a_sentence(String bytes, int status, String sentence)
      throws Exception {
    assertThat(system.raw(bytes))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("content-type: application/problem+json", "connection: close", sentence)
        .contains("\"status\":" + status);
    assertThat(system.bugs).isEmpty();
    assertThat(get("/clone")).as("the next").startsWith("HTTP/1.1 200 ");
  }

  @Test
  void what_is_too_long_is_refused() throws Exception {
    assertThat(get("/" + "a".repeat(5000))).startsWith("HTTP/1.1 414 ");
    assertThat(system.raw("GET / HTTP/1.1\r\na: " + "b".repeat(9000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
    String chunks = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").repeat(20) + "0\r\n\r\n";
    assertThat(system.raw("POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n" + chunks))
        .startsWith("HTTP/1.1 413 ");
    String head = "POST / HTTP/1.1\r\ncontent-length: 4000000\r\n\r\n";
    assertThat(system.raw(head + " ".repeat(4_000_000))).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void a_body_of_the_full_size_is_taken() throws Exception {
    String body = " ".repeat((1 << 20) - 1) + "7";
    assertThat(system.raw("POST / HTTP/1.1\r\ncontent-length: 1048576\r\n\r\n" + body))
        .endsWith("\"body\":7}\n");
  }

  @Test
  void who_asks_whether_to_go_on_is_told() throws Exception {
    try (SocketChannel socket = system.connect()) {
      Controlled.write(
          socket, "POST / HTTP/1.1\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n");
      Controlled.until(socket, "HTTP/1.1 100 Continue\r\n\r\n");
      Controlled.write(socket, "{}");
      Controlled.until(socket, "\"body\":{}}\n");
    }
    try (SocketChannel socket = system.connect()) {
      Controlled.write(
          socket, "POST / HTTP/1.1\r\ncontent-length: 9999999\r\nexpect: 100-continue\r\n\r\n");
      assertThat(Controlled.rest(socket)).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void a_request_that_breaks_off_is_no_bug_and_not_answered() throws Exception {
    assertThat(system.raw("POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n{")).isEmpty();
    assertThat(system.raw("")).isEmpty();
    assertThat(system.bugs).isEmpty();
  }

  @Test
  void a_handlers_bug_is_told_to_those_who_mend_it_and_not_to_the_client() throws Exception {
    String answer = get("/bug");
    assertThat(answer)
        .startsWith("HTTP/1.1 500 ")
        .contains("application/problem+json", "cubit up has failed at this")
        .doesNotContain("secret");
    assertThat(system.bugs).hasSize(1);
    assertThat(system.bugs.getFirst()).hasMessage("a secret of the program");
    assertThat(get("/unwritable")).startsWith("HTTP/1.1 500 ");
    assertThat(system.bugs).hasSize(2);
    assertThat(get("/clone")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void what_is_not_there_is_a_404_that_names_it() throws Exception {
    assertThat(get("/unknown/x"))
        .startsWith("HTTP/1.1 404 ")
        .endsWith(
            "{\"title\":\"Not Found\",\"status\":404,"
                + "\"detail\":\"there is nothing at /unknown/x\"}\n");
  }

  @Test
  void curl_can_talk_to_it() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    assertThat(curl("http://localhost/clone"))
        .isEqualTo("{\"name\":\"cart.1\",\"port\":8081,\"restartsInMillis\":250}\n");
    assertThat(curl("-X", "POST", "-d", "{\"a\":1}", "http://localhost/x"))
        .endsWith("\"body\":{\"a\":1}}\n");
    Path large = Files.writeString(folder.resolve("large.json"), " ".repeat(3_000_000));
    assertThat(curl("-d", "@" + large, "http://localhost/x")).contains("\"status\":413");
  }

  private String curl(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-s", "-S", "--max-time", "20", "--unix-socket"));
    command.add(ControlSocket.of(folder).toString());
    command.addAll(List.of(words));
    Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(curl.waitFor()).as(answer).isZero();
    return answer;
  }
}
