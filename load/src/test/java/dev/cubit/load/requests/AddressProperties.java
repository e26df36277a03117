package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class AddressProperties {
  @Property(tries = 5000)
  void whatever_is_written_is_a_request_that_can_be_sent_or_one_clear_line(
      @ForAll("almostUrls") String text) {
    try {
      var request = Told.DEFAULTS.request(text);
      assertThat(request.target()).startsWith("/");
      assertThat(request.target().replaceAll("\\[<[^>\\]%]*>]", ""))
          .as("what is sent of %s", text)
          .matches("[!-~]+");
      assertThat(request.host()).isNotEmpty();
      assertThat(request.port()).isBetween(1, 65_535);
    } catch (RequestFileException e) {
      Told.requireReadable(String.valueOf(e.getMessage()));
    }
  }

  @Property
  void a_target_is_what_was_written_when_it_is_decoded(@ForAll("texts") String text)
      throws RequestFileException {
    String path = "/" + text.replaceAll("[%#\\[+]", "") + "/end";
    String target = Address.parse("http://h" + path, Optional.empty()).target();
    assertThat(URLDecoder.decode(target, StandardCharsets.UTF_8)).isEqualTo(path);
    assertThat(Address.parse("https://h" + target, Optional.empty()).target())
        .as("what has been encoded is not encoded again")
        .isEqualTo(target);
  }

  @Property
  void user_and_password_may_be_anything_that_is_percent_encoded(
      @ForAll("texts") String user, @ForAll("texts") String password) throws RequestFileException {
    String url = "http://" + encoded(user) + ":" + encoded(password) + "@h/";
    String value = Address.parse(url, Optional.empty()).credentials().orElseThrow().value();
    byte[] plain = Base64.getDecoder().decode(value.substring("Basic ".length()));
    assertThat(new String(plain, StandardCharsets.UTF_8)).isEqualTo(user + ":" + password);
  }

  @Property
  void every_ipv6_address_and_every_port_is_taken(
      @ForAll @Size(8) List<@IntRange(max = 0xffff) Integer> groups,
      @ForAll @IntRange(min = 1, max = 65_535) int port)
      throws RequestFileException {
    String host = groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    URI origin = Address.parse("http://[" + host + "]:" + port, Optional.empty()).origin();
    assertThat(origin.getHost()).isEqualTo("[" + host + "]");
    assertThat(origin.getPort()).isEqualTo(port);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(20)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  /** Pieces of URLs, glued together in any order, with anything between them. */
  @Provide
  Arbitrary<String> almostUrls() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "http",
            "https",
            "://",
            ":",
            "/",
            "//",
            "?",
            "#",
            "@",
            "[",
            "]",
            "[::1]",
            "::",
            "1.2",
            "[<",
            ">]",
            "[<id>]",
            "localhost",
            "h",
            "ü",
            "。",
            ".",
            "-",
            "_",
            "xn--",
            "%",
            "%41",
            "%zz",
            "80",
            "65536",
            " ",
            "\r\n",
            "\0",
            "unix:",
            "\u202e",
            "\u00ad");
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, pieces), net.jqwik.api.Tuple.of(1, texts()))
        .list()
        .ofMaxSize(8)
        .map(list -> String.join("", list));
  }
}
