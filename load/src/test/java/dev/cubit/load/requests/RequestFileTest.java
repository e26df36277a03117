package dev.cubit.load.requests;

import static dev.cubit.load.requests.Told.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("requests"), text);
  }

  private List<Request> read(String text) throws IOException, RequestFileException {
    return RequestFile.read(file(text), DEFAULTS);
  }

  private Request readOne(String text) throws IOException, RequestFileException {
    List<Request> requests = read(text);
    assertThat(requests).hasSize(1);
    return requests.getFirst();
  }

  // plain lists

  @Test
  void a_plain_file_has_a_url_a_line_with_a_method_where_it_needs_one() throws Exception {
    assertThat(
            read(
                """
                # the shop
                http://shop:8080/cart
                  POST\t http://shop:8080/order  \s

                DELETE /order/[<counter>]
                #/no
                /a b?c#d
                other
                """))
        .extracting(Told::plain)
        .containsExactly(
            "GET http://shop:8080/cart",
            "POST http://shop:8080/order",
            "DELETE http://base:1/order/[<counter>]",
            "GET http://base:1/a%20b?c",
            "GET http://other/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\n/b\n", "/a\r\n/b", "/a\r/b\r", "\uFEFF/a\n\n/b", " \n\t/a\n /b"})
  void lines_may_end_as_on_any_system(String text) throws Exception {
    assertThat(read(text)).extracting(Request::target).containsExactly("/a", "/b");
  }

  @Test
  void a_plain_file_may_begin_with_an_ipv6_address() throws Exception {
    assertThat(read("[::1]:8080/x\n[fe80::1]/y\n"))
        .extracting(Told::plain)
        .containsExactly("GET http://[::1]:8080/x", "GET http://[fe80::1]/y");
    assertThat(read("[fe80::1]/y")).hasSize(1);
  }

  @Test
  void a_line_that_is_no_url_is_told_with_its_number() throws IOException {
    Path file = file("# one\n/two\n\nGET ftp://four\n");
    Told.by(() -> RequestFile.read(file, DEFAULTS))
        .isEqualTo(
            file + ", line 4: the URL 'ftp://four' is for ftp: only http and https are known here");
  }

  @Test
  void a_path_without_a_base_is_told_with_its_line() throws IOException {
    Path file = file("http://h/\n/x\n");
    RequestDefaults defaults =
        new RequestDefaults(Optional.empty(), "GET", List.of(), new byte[0], List.of());
    Told.by(() -> RequestFile.read(file, defaults))
        .startsWith(file + ", line 2: the URL '/x' has no host: write http://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\uFEFF", "\n \n", "# only this", "[]", "{\"requests\": []}", " [ ] "})
  void a_file_without_a_request_is_told(String text) throws IOException {
    Path file = file(text);
    Told.by(() -> RequestFile.read(file, DEFAULTS)).isEqualTo(file + " has no request in it");
  }

  // JSON lists

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"/a\", {\"path\": \"/b\"}]",
        "\uFEFF\n [\"/a\", {\"url\": \"/b\"}]",
        "{\"requests\": [\"/a\", {\"url\": \"http://base:1/b\"}], \"more\": 1}"
      })
  void a_list_may_stand_alone_or_as_requests_of_an_object(String text) throws Exception {
    assertThat(read(text))
        .extracting(Told::plain)
        .containsExactly("GET http://base:1/a", "GET http://base:1/b");
  }

  @Test
  void an_entry_says_all_of_a_request() throws Exception {
    Request request =
        readOne(
            """
            [{"method": "post", "url": "https://u:p@shop:1/x?y#z",
              "headers": {"X-Text": "a", "X-Number": 1.50, "X-Yes": true, "X-Empty": ""},
              "body": "grüße",
              "expect": {"status": 201, "body": "ok", "headers": {"Content-Type": "json"}}}]
            """);
    assertThat(Told.plain(request)).isEqualTo("POST https://shop:1/x?y");
    assertThat(request.headers())
        .containsExactly(
            new Header("X-Text", "a"),
            new Header("X-Number", "1.50"),
            new Header("X-Yes", "true"),
            new Header("X-Empty", ""),
            new Header("Authorization", "Basic dTpw"));
    assertThat(Told.body(request)).isEqualTo("grüße");
    assertThat(request.checks())
        .containsExactly(
            new Check.StatusIn(Set.of(201)),
            new Check.BodyEquals("ok"),
            new Check.HeaderContains("Content-Type", "json"));
  }

  @Test
  void an_entry_that_says_nothing_is_the_defaults_at_the_root() throws Exception {
    assertThat(Told.plain(readOne("[{}]"))).isEqualTo("GET http://base:1/");
  }

  @Test
  void what_an_entry_does_not_say_is_as_in_the_defaults() throws Exception {
    Check ok = new Check.StatusIn(Set.of(200));
    RequestDefaults defaults =
        new RequestDefaults(
            Optional.of(URI.create("http://base:1")),
            "PUT",
            List.of(new Header("A", "default"), new Header("B", "default")),
            "default".getBytes(StandardCharsets.UTF_8),
            List.of(ok));
    Path file =
        file(
            "[\"/\", {\"headers\": {\"a\": \"own\"}, \"body\": \"\", \"expect\": {\"body\": {}}}]");
    List<Request> requests = RequestFile.read(file, defaults);
    assertThat(requests).extracting(Request::method).containsExactly("PUT", "PUT");
    assertThat(requests).extracting(Told::body).containsExactly("default", "");
    assertThat(requests.get(1).headers())
        .containsExactly(new Header("a", "own"), new Header("B", "default"));
    assertThat(requests.get(1).checks()).containsExactly(ok, new Check.BodyEquals("{}"));
  }

  @Test
  void the_credentials_of_a_url_do_not_replace_the_entrys_own() throws Exception {
    assertThat(
            readOne("[{\"url\": \"http://u:p@h/\", \"headers\": {\"authorization\": \"own\"}}]")
                .headers())
        .containsExactly(new Header("authorization", "own"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"price\":1.10,\"n\":12345678901234567890123.4567890123456789}",
        "[1E+400,1E-7,0.0,-0.50,123456789012345678901234567890]",
        "[true,null,\"a\\nb\",\"ü\",{}]",
        "17",
        "false"
      })
  void a_body_that_is_json_is_sent_with_the_digits_that_it_has(String body) throws Exception {
    assertThat(Told.body(readOne("[{\"body\": " + body + "}]"))).isEqualTo(body);
  }

  @Test
  void no_body_is_the_defaults() throws Exception {
    assertThat(Told.body(readOne("[{\"body\": null}]"))).isEmpty();
  }

  @Test
  void a_body_may_be_nested_deeply_and_a_list_may_be_long() throws Exception {
    String deep = "[".repeat(400) + "]".repeat(400);
    assertThat(Told.body(readOne("[{\"body\": " + deep + "}]"))).isEqualTo(deep);
    String entries =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "{\"path\": \"/" + i + "\"}")
            .collect(Collectors.joining(",", "[", "]"));
    List<Request> requests = read(entries);
    assertThat(requests).hasSize(50_000);
    assertThat(requests.getLast().target()).isEqualTo("/49999");
  }

  @Test
  void the_same_url_may_be_there_twice() throws Exception {
    assertThat(read("[\"/\", \"/\"]")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1                            | must be a URL or an object
          null                         | must be a URL or an object
          ["/"]                        | must be a URL or an object
          ""                           | the URL is empty
          "ftp://h"                    | the URL 'ftp://h' is for ftp: only http and https are known here
          "http://h:0"                 | the URL 'http://h:0' has the port '0': a port is 1 to 65535
          {"uri": "/"}                 | 'uri' is not known; there are method, url, path, headers, body and expect
          {"url": 1}                   | 'url' must be a text
          {"url": null}                | 'url' must be a text
          {"path": ["/"]}              | 'path' must be a text
          {"path": "x/y"}              | the path 'x/y' does not begin with a slash
          {"path": ""}                 | the path '' does not begin with a slash
          {"path": "http://h/"}        | the path 'http://h/' does not begin with a slash
          {"method": 1}                | 'method' must be a text
          {"method": ""}               | '' is no HTTP method, such as GET or POST
          {"method": "GET /"}          | 'GET /' is no HTTP method, such as GET or POST
          {"method": "G\\u0000"}       | 'G\\u0000' is no HTTP method, such as GET or POST
          {"headers": []}              | 'headers' must be an object of texts
          {"headers": "a: b"}          | 'headers' must be an object of texts
          {"headers": {"a": null}}     | the header 'a' must be a text
          {"headers": {"a": ["b"]}}    | the header 'a' must be a text
          {"headers": {"": "b"}}       | '' is not the name of an HTTP header
          {"headers": {"a b": "c"}}    | 'a b' is not the name of an HTTP header
          {"headers": {":path": "/"}}  | ':path' is not the name of an HTTP header
          {"headers": {"a\\nb": "c"}}  | 'a\\u000ab' is not the name of an HTTP header
          {"headers": {"a": "b\\r\\n"}} | the value of header a has a line break or a NUL in it
          {"headers": {"a": "\\u0000"}} | the value of header a has a line break or a NUL in it
          {"expect": 200}              | 'expect' must be an object of status, body and headers
          {"expect": null}             | 'expect' must be an object of status, body and headers
          {"expect": {"status": "200"}} | 'expect.status' must be a number from 100 to 599
          {"expect": {"status": 200.5}} | 'expect.status' must be a number from 100 to 599
          {"expect": {"status": 99}}   | 'expect.status' must be a number from 100 to 599
          {"expect": {"status": 600}}  | 'expect.status' must be a number from 100 to 599
          {"expect": {"status": 4294967496}} | 'expect.status' must be a number from 100 to 599
          {"expect": {"code": 200}}    | 'expect.code' is not known; there are status, body and headers
          {"expect": {"headers": {"a": {}}}} | the header 'a' must be a text
          """)
  void an_entry_that_is_wrong_is_told_with_its_number(String entry, String what)
      throws IOException {
    Path file = file("[\"/\",\n" + entry + "]");
    Told.by(() -> RequestFile.read(file, DEFAULTS)).isEqualTo(file + ", entry 2: " + what);
  }

  @Test
  void the_place_is_told_whatever_the_file_is_called() throws IOException {
    // once, a message that began as the file's name does was taken for one with the place in it
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      Path file = Files.writeString(zip.getPath("the"), "[\"ftp://h\"]");
      Told.by(() -> RequestFile.read(file, DEFAULTS)).startsWith("the, entry 1: the URL 'ftp://h'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ["/"                 | line 1, column 5  | Unexpected end-of-input: expected close marker for Array
          {                    | line 1, column 2  | Unexpected end-of-input: expected close marker for Object
          ["/"] x              | line 1, column 7  | Unrecognized token 'x'
          ['/']                | line 1, column 2  | Unexpected character
          ["/",]               | line 1, column 6  | Unexpected character
          [nul]                | line 1, column 2  | Unrecognized token 'nul'
          {"requests":[{"url":"/","url":"/"}]} | line 1, column 30 | Duplicate Object property "url"
          """)
  void json_that_is_none_is_told_with_line_and_column(String text, String place, String why)
      throws IOException {
    Path file = file(text);
    Told.by(() -> RequestFile.read(file, DEFAULTS))
        .startsWith(file + ", " + place + ": no valid JSON: " + why)
        .doesNotContain("Source");
  }

  @Test
  void the_line_of_wrong_json_counts_from_the_files_first() throws IOException {
    Path file = file("\n\n[\n\"/a\",\n\"/b]\n");
    Told.by(() -> RequestFile.read(file, DEFAULTS)).startsWith(file + ", line 5, column ");
  }

  @Test
  void json_that_is_too_deep_or_has_too_long_a_number_is_told() throws IOException {
    Path deep = file("[".repeat(100_000));
    Told.by(() -> RequestFile.read(deep, DEFAULTS))
        .startsWith(deep + ": no valid JSON: ")
        .contains("depth");
    Path number = file("[" + "1".repeat(100_000) + "]");
    Told.by(() -> RequestFile.read(number, DEFAULTS))
        .startsWith(number + ": no valid JSON: ")
        .contains("length");
    Path exponent = file("[{\"body\": 1e99999999999}]");
    Told.by(() -> RequestFile.read(exponent, DEFAULTS))
        .isEqualTo(exponent + ": no valid JSON: a number in it is too large or too small");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"requests\": {}}",
        "{\"requests\": \"/\"}",
        "{\"log\": {}}",
        "{\"log\": []}"
      })
  void an_object_without_requests_is_told_with_what_was_looked_for(String text) throws IOException {
    Path file = file(text);
    Told.by(() -> RequestFile.read(file, DEFAULTS))
        .isEqualTo(
            file
                + " is neither a HAR nor a list of requests: it has no log.entries and no"
                + " requests");
  }

  // files

  @Test
  void a_missing_file_and_a_folder_are_told() {
    Path missing = folder.resolve("missing");
    Told.by(() -> RequestFile.read(missing, DEFAULTS))
        .isEqualTo("there is no file " + missing + " that can be read");
    Told.by(() -> RequestFile.read(folder, DEFAULTS))
        .isEqualTo(folder + " is a folder, not a file");
    Told.by(() -> RequestFile.readHar(folder, DEFAULTS))
        .isEqualTo(folder + " is a folder, not a file");
  }

  @Test
  void a_file_that_is_not_utf_8_is_told() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {'/', (byte) 0xC3, '\n', '/'});
    Told.by(() -> RequestFile.read(file, DEFAULTS)).isEqualTo(file + " is not UTF-8 text");
    Files.write(file, "[\"/\"]".getBytes(StandardCharsets.UTF_16));
    Told.by(() -> RequestFile.read(file, DEFAULTS)).isEqualTo(file + " is not UTF-8 text");
  }

  @Test
  void a_file_that_is_too_large_is_told_and_not_read() throws IOException {
    Path file = file("/");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(256L * 1024 * 1024 + 1);
    }
    Told.by(() -> RequestFile.read(file, DEFAULTS)).isEqualTo(file + " is larger than 256 MiB");
  }

  @Test
  void a_file_with_a_line_break_in_its_name_is_told_on_one_line() {
    Told.by(() -> RequestFile.read(folder.resolve("a\nb"), DEFAULTS)).contains("a\\u000ab");
  }
}
