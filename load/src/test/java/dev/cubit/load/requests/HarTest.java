package dev.cubit.load.requests;

import static dev.cubit.load.requests.Told.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP archives, as browsers save them. */
final class HarTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("saved.har"), text);
  }

  /** A HAR with these requests, and much that is not looked at. */
  private Path har(String... requests) throws IOException {
    StringBuilder entries = new StringBuilder();
    for (String request : requests) {
      entries.append(entries.isEmpty() ? "" : ",\n").append("{\"time\": 1, \"request\": ");
      entries.append(request).append(", \"response\": {\"status\": 200}}");
    }
    return file(
        "{\"log\": {\"version\": \"1.2\", \"creator\": {}, \"entries\": [" + entries + "]}}");
  }

  private Request readOne(String request) throws IOException, RequestFileException {
    List<Request> requests = RequestFile.readHar(har(request), DEFAULTS);
    assertThat(requests).hasSize(1);
    return requests.getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data:image/png;base64,AAAA", "wss://h/live", "chrome-extension://abc/x.js"})
  void what_a_browser_did_without_http_is_left_out(String url) throws Exception {
    Path file =
        har(
            "{\"method\": \"GET\", \"url\": \"" + url + "\"}",
            "{\"method\": \"GET\", \"url\": \"http://h/\"}");
    assertThat(RequestFile.readHar(file, DEFAULTS))
        .extracting(Told::plain)
        .containsExactly("GET http://h/");
  }

  @Test
  void a_saved_session_is_sent_again_in_its_order() throws Exception {
    Path file =
        har(
            """
            {"method": "POST", "url": "https://shop.example/order?a=b c#top", "httpVersion": "h2",
             "headers": [{"name": "Accept", "value": "*/*"}, {"name": "Cookie", "value": "a=1"}],
             "queryString": [{"name": "a", "value": "b c"}], "cookies": [],
             "postData": {"mimeType": "application/json", "text": "{\\"n\\": \\"ü\\"}"}}\
            """,
            "{\"method\": \"GET\", \"url\": \"http://cdn.example:81/x.png\", \"headers\": []}");
    List<Request> requests = RequestFile.readHar(file, DEFAULTS);
    assertThat(requests)
        .extracting(Told::plain)
        .containsExactly(
            "POST https://shop.example/order?a=b%20c", "GET http://cdn.example:81/x.png");
    assertThat(requests).extracting(Told::body).containsExactly("{\"n\": \"ü\"}", "");
    assertThat(requests.getFirst().headers())
        .containsExactly(new Header("Accept", "*/*"), new Header("Cookie", "a=1"));
    assertThat(RequestFile.read(file, DEFAULTS))
        .as("a file of requests may be a HAR too")
        .usingRecursiveComparison()
        .isEqualTo(requests);
  }

  @Test
  void what_belongs_to_the_browsers_connection_is_not_sent_again() throws Exception {
    assertThat(
            readOne(
                    """
                    {"url": "/", "headers": [
                      {"name": ":method", "value": "GET"}, {"name": ":authority", "value": "h"},
                      {"name": ":path", "value": "/"}, {"name": ":scheme", "value": "https"},
                      {"name": "Host", "value": "h"}, {"name": "CONTENT-LENGTH", "value": "5"},
                      {"name": "connection", "value": "x"}, {"name": "Keep-Alive", "value": "x"},
                      {"name": "Transfer-Encoding", "value": "x"}, {"name": "Upgrade", "value": "x"},
                      {"name": "content-type", "value": "text/plain"}]}\
                    """)
                .headers())
        .containsExactly(new Header("content-type", "text/plain"));
  }

  @Test
  void a_request_needs_nothing_but_its_url() throws Exception {
    Request request = readOne("{\"url\": \"http://h/x\"}");
    assertThat(Told.plain(request)).isEqualTo("GET http://h/x");
    assertThat(request.headers()).isEmpty();
    assertThat(request.body()).isEmpty();
    assertThat(readOne("{\"url\": \"/\", \"headers\": null, \"postData\": null}").body()).isEmpty();
    assertThat(readOne("{\"url\": \"/\", \"headers\": [{\"name\": \"A\"}]}").headers())
        .containsExactly(new Header("A", ""));
  }

  @Test
  void a_recorded_request_without_a_body_is_not_given_the_defaults() throws Exception {
    RequestDefaults defaults =
        new RequestDefaults(
            Optional.empty(),
            "PUT",
            List.of(new Header("X-Run", "1")),
            "default".getBytes(StandardCharsets.UTF_8),
            List.of());
    Request request =
        RequestFile.readHar(har("{\"method\": \"GET\", \"url\": \"http://h/\"}"), defaults)
            .getFirst();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.body()).isEmpty();
    assertThat(request.headers()).containsExactly(new Header("X-Run", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "AP8Q, 00ff10",
    "AP8=, 00ff",
    "AP8, 00ff",
    "'AP\\r\\n8Q ', 00ff10",
  })
  void a_base64_body_is_sent_as_the_bytes_that_it_stands_for(String text, String hex)
      throws Exception {
    byte[] body =
        readOne(
                "{\"url\": \"/\", \"postData\": {\"encoding\": \"base64\", \"text\": \""
                    + text
                    + "\"}}")
            .body();
    assertThat(java.util.HexFormat.of().formatHex(body)).isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null                                | has no request
          "http://h/"                         | has no request
          []                                  | has no request
          {}                                  | has no url
          {"url": null}                       | 'url' must be a text
          {"url": ""}                         | the URL is empty
          {"url": "/", "method": 5}           | 'method' must be a text
          {"url": "/", "method": "A B"}       | 'A B' is no HTTP method, such as GET or POST
          {"url": "/", "headers": {"a": "b"}} | its headers must be a list
          {"url": "/", "headers": ["a: b"]}   | '' is not the name of an HTTP header
          {"url": "/", "headers": [{"value": "b"}]} | '' is not the name of an HTTP header
          {"url": "/", "headers": [{"name": "a", "value": "b\\nc"}]} | the value of header a has a line break or a NUL in it
          {"url": "/", "postData": {"text": {"a": 1}}} | its postData.text must be a text
          {"url": "/", "postData": {"encoding": "base64", "text": "A"}} | its postData is no valid base64
          {"url": "/", "postData": {"encoding": "base64", "text": "{}!?"}} | its postData is no valid base64
          {"url": "/", "postData": {"params": [{"name": "a", "value": "b"}]}} | its postData has params and no text, which is what would be sent
          """)
  void an_entry_that_cannot_be_sent_is_told_with_its_number_once(String request, String what)
      throws IOException {
    Path file = har("{\"url\": \"/\"}", request);
    Told.by(() -> RequestFile.readHar(file, DEFAULTS)).isEqualTo(file + ", entry 2: " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "\"http://h/\"", "[]", "{}", "{\"url\": \"/\"}"})
  void an_entry_without_a_request_is_told(String entry) throws IOException {
    Path file = file("{\"log\": {\"entries\": [" + entry + "]}}");
    Told.by(() -> RequestFile.readHar(file, DEFAULTS))
        .isEqualTo(file + ", entry 1: has no request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[\"/\"]",
        "null",
        "{\"requests\": [\"/\"]}",
        "{\"log\": []}",
        "{\"log\": {\"entries\": {}}}",
        "{\"entries\": []}"
      })
  void what_is_json_and_no_har_is_told(String text) throws IOException {
    Path file = file(text);
    Told.by(() -> RequestFile.readHar(file, DEFAULTS))
        .isEqualTo(file + " is no HAR: it has no log.entries");
  }

  @Test
  void what_is_no_json_is_told_as_that() throws IOException {
    Path file = file("http://h/\n");
    Told.by(() -> RequestFile.readHar(file, DEFAULTS))
        .startsWith(file + ", line 1, column 1: no valid JSON: Unrecognized token 'http'");
  }

  @Test
  void a_har_without_entries_is_told() throws IOException {
    Path file = har();
    Told.by(() -> RequestFile.readHar(file, DEFAULTS)).isEqualTo(file + " has no request in it");
  }
}
