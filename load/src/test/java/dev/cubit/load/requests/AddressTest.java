package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  private static Address read(String url) throws RequestFileException {
    return Address.parse(url, Optional.of(URI.create("http://base:1")));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://localhost:8080/a?b=c,  http://localhost:8080, /a?b=c
          https://example.org,          https://example.org,   /
          HTTP://EXAMPLE.org/A,         http://example.org,    /A
          localhost:8080/x,             http://localhost:8080, /x
          localhost,                    http://localhost,      /
          ' http://h/ ',                http://h,              /
          http://h?x=1,                 http://h,              /?x=1
          http://h:/,                   http://h,              /
          http://h:00080/,              http://h:80,           /
          http://h:65535/,              http://h:65535,        /
          http://127.0.0.1:1,           http://127.0.0.1:1,    /
          http://h/a//b/../c,           http://h,              /a//b/../c
          http://h/?u=http://x/y@z:1,   http://h,              /?u=http://x/y@z:1
          /a?b,                         http://base:1,         /a?b
          //a,                          http://base:1,         //a
          """)
  void a_url_is_an_origin_and_a_target(String url, String origin, String target)
      throws RequestFileException {
    assertThat(read(url))
        .isEqualTo(new Address(URI.create(origin), target, Optional.<Header>empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/a#b", "http://h/a#", "http://h/a#b#c?d", "/a#b/c", "h/a#\n"})
  void a_fragment_is_not_sent(String url) throws RequestFileException {
    assertThat(read(url).target()).isEqualTo("/a");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          a b,      a%20b
          ä€😀,     %C3%A4%E2%82%AC%F0%9F%98%80
          "<>\\^{|}, %22%3C%3E%5C%5E%7B%7C%7D
          %20%zz%,  %20%zz%
          a+b=c&d;e, a+b=c&d;e
          [x]!$'()*@:~, [x]!$'()*@:~
          """)
  void what_a_url_may_not_have_is_percent_encoded_and_all_else_stays(String path, String sent)
      throws RequestFileException {
    assertThat(read("http://h/" + path + "?" + path).target()).isEqualTo("/" + sent + "?" + sent);
    assertThat(read("/" + path).target()).isEqualTo("/" + sent);
  }

  @Test
  void no_line_break_and_no_nul_reaches_the_request_line() throws RequestFileException {
    assertThat(read("http://h/a\r\nHost: x\0\t\u007f").target())
        .isEqualTo("/a%0D%0AHost:%20x%00%09%7F");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/[<id>]?n=[<number:1-9>] x, /[<id>]?n=[<number:1-9>]%20x",
    "http://h/[%3Cid%3E][%3cid%3e], /[<id>][<id>]",
    "http://h/<id>[id], /%3Cid%3E[id]",
    "http://h/[<id, /[%3Cid"
  })
  void placeholders_stay_as_they_are(String url, String target) throws RequestFileException {
    assertThat(read(url).target()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://[::1]:8080/x, http://[::1]:8080",
    "[::1]:8080/x, http://[::1]:8080",
    "http://[::]/x, http://[::]",
    "http://[2001:DB8::1]/x, http://[2001:DB8::1]",
    "http://[::ffff:127.0.0.1]:80/x, http://[::ffff:127.0.0.1]:80"
  })
  void an_ipv6_address_stands_in_brackets(String url, String origin) throws RequestFileException {
    assertThat(read(url).origin()).isEqualTo(URI.create(origin));
    assertThat(read(url).target()).isEqualTo("/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[]/",
        "http://[1]/",
        "http://[:::]/",
        "http://[1.2.3.4]/",
        "http://[::1",
        "http://[::1]x/",
        "http://[::g]/",
        "http://[1:2:3:4:5:6:7:8:9]/",
        "http://[<id>]/"
      })
  void what_is_no_ipv6_address_is_told(String url) {
    Told.by(() -> read(url)).contains("'" + url + "'").endsWith("has no valid IPv6 address");
  }

  @ParameterizedTest
  @CsvSource({
    "http://münchen.example/, xn--mnchen-3ya.example",
    "http://BÜCHER/, xn--bcher-kva",
    "http://a。b/, a.b"
  })
  void a_host_outside_ascii_is_sent_as_dns_knows_it(String url, String host)
      throws RequestFileException {
    assertThat(read(url).origin().getHost()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a b/",
        "http://a..b/",
        "http://-a/",
        "http://256.0.0.1/",
        "http://h%41/",
        "http://h\\x/",
        "http://a\0b/",
        "http://a\nb/",
        "http://xn--ü/",
        "http://./"
      })
  void a_host_that_cannot_be_one_is_told(String url) {
    Told.by(() -> read(url)).startsWith("the URL 'http://").endsWith(", which is none");
  }

  @Test
  void a_host_may_have_underscores_as_containers_do() throws RequestFileException {
    Address address = read("http://my_app_1:8080/x");
    Request request = new Request("GET", address.origin(), "/x", List.of(), new byte[0], List.of());
    assertThat(request.host()).isEqualTo("my_app_1");
    assertThat(request.port()).isEqualTo(8080);
    assertThat(request.url()).isEqualTo("http://my_app_1:8080/x");
  }

  @Test
  void a_host_with_a_label_that_is_too_long_for_dns_is_told() {
    Told.by(() -> read("http://" + "ü".repeat(64) + "/")).endsWith(", which is none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://", "http:///x", "http://:80/", "?a", "#a", ":80", "u@/x", "http://::1/"})
  void a_url_without_a_host_is_told(String url) {
    Told.by(() -> read(url)).contains("'" + url + "'").contains("has no host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:/tmp/socket", "http:/localhost/", "https:", "localhost:/x"})
  void what_is_before_a_colon_alone_is_not_taken_for_a_host(String url) {
    Told.by(() -> read(url)).contains("'" + url + "'").contains("begins with http:// or https://");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:0/, 0",
    "http://h:65536/, 65536",
    "http://h:-1/, -1",
    "http://h:99999999999999999999/, 99999999999999999999",
    "http://h:8o/, 8o",
    "http://h:٣/, ٣",
    "http://[::1]:70000/, 70000",
    "h:80:81, 80:81",
    "mailto:someone, someone"
  })
  void a_port_out_of_range_is_told_with_the_range(String url, String port) {
    Told.by(() -> read(url))
        .isEqualTo("the URL '" + url + "' has the port '" + port + "': a port is 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://h/, ftp",
    "file:///etc/passwd, file",
    "ws://h/, ws",
    "unix://h/, unix",
    "chrome-extension://h/, chrome-extension"
  })
  void another_scheme_is_told_with_those_that_are_known(String url, String scheme) {
    Told.by(() -> read(url))
        .isEqualTo(
            "the URL '" + url + "' is for " + scheme + ": only http and https are known here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void an_empty_url_is_told(String url) {
    Told.by(() -> read(url)).isEqualTo("the URL is empty");
  }

  @Test
  void a_path_without_anything_that_it_is_relative_to_is_told_with_what_to_write() {
    Told.by(() -> Address.parse("/a", Optional.empty()))
        .startsWith("the URL '/a' has no host: write http://localhost:8080/a");
  }

  @Test
  void a_long_url_is_told_by_its_beginning_and_with_what_is_wrong() {
    Told.by(() -> read("http://h:x" + "y".repeat(100_000)))
        .startsWith("the URL 'http://h:xyyy")
        .endsWith("a port is 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:secret@h:1/, user:secret",
    "user:secret@h:1, user:secret",
    "http://user@h:1/, user:",
    "http://user:@h:1/, user:",
    "http://:secret@h:1/, :secret",
    "http://us%3Aer:p%40%2Fss%25+1@h:1/, us:er:p@/ss%+1",
    "http://us%3Aer@h:1/, us:er:",
    "http://us@er:p@ss@h:1/, us@er:p@ss",
    "http://jürgen:geheim@h:1/, jürgen:geheim"
  })
  void user_and_password_are_basic_credentials(String url, String plain)
      throws RequestFileException {
    Address address = read(url);
    assertThat(address.origin()).isEqualTo(URI.create("http://h:1"));
    Header header = address.credentials().orElseThrow();
    assertThat(header.name()).isEqualTo("Authorization");
    assertThat(header.value()).startsWith("Basic ");
    byte[] decoded = Base64.getDecoder().decode(header.value().substring("Basic ".length()));
    assertThat(new String(decoded, StandardCharsets.UTF_8)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://@h/", "@h", "http://h/a@b", "http://h/?a:b@c"})
  void without_a_user_there_are_no_credentials(String url) throws RequestFileException {
    assertThat(read(url).credentials()).isEmpty();
    assertThat(read(url).origin()).isEqualTo(URI.create("http://h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:100%@h/", "http://u%zz@h/", "http://u:%-1@h/", "http://u%1@h/"})
  void a_percent_sign_in_a_password_is_told_with_what_to_write(String url) {
    Told.by(() -> read(url)).contains("'" + url + "'").endsWith("write %25 for it");
  }

  @Test
  void credentials_come_first_and_instead_of_others() throws RequestFileException {
    Header language = new Header("Accept-Language", "de");
    Address address = read("http://u:p@h/");
    assertThat(address.headers(List.of(language, new Header("authorization", "Bearer x"))))
        .containsExactly(address.credentials().orElseThrow(), language);
    assertThat(read("http://h/").headers(List.of(language))).containsExactly(language);
  }
}
