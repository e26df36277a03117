package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Check;
import dev.cubit.load.Header;
import dev.cubit.load.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestDefaultsTest {
  private static final Header TOKEN = new Header("Authorization", "Bearer x");
  private static final Header TYPE = new Header("Content-Type", "text/plain");
  private static final Check STATUS = new Check.StatusIn(Set.of(200));
  private static final RequestDefaults DEFAULTS =
      new RequestDefaults(
          Optional.of(URI.create("https://base:1")),
          "put",
          List.of(TOKEN, TYPE),
          "body".getBytes(StandardCharsets.UTF_8),
          List.of(STATUS));

  @Test
  void a_url_gets_everything_else_from_the_defaults() throws RequestFileException {
    Request request = DEFAULTS.request("/x?y");
    assertThat(Told.plain(request)).isEqualTo("PUT https://base:1/x?y");
    assertThat(request.headers()).containsExactly(TOKEN, TYPE);
    assertThat(Told.body(request)).isEqualTo("body");
    assertThat(request.checks()).containsExactly(STATUS);
  }

  @Test
  void the_host_of_a_whole_url_counts() throws RequestFileException {
    assertThat(DEFAULTS.request("other:2").origin()).isEqualTo(URI.create("http://other:2"));
  }

  @Test
  void a_request_has_one_authorization_and_the_urls_own_wins() throws RequestFileException {
    assertThat(DEFAULTS.request("http://u:p@h/").headers())
        .containsExactly(new Header("Authorization", "Basic dTpw"), TYPE);
  }

  @Test
  void what_is_no_url_is_told() {
    Told.by(() -> DEFAULTS.request("ftp://h/")).contains("'ftp://h/'");
  }

  @Test
  void lists_that_are_changed_later_change_nothing() throws RequestFileException {
    List<Header> headers = new ArrayList<>(List.of(TYPE));
    List<Check> checks = new ArrayList<>(List.of(STATUS));
    RequestDefaults defaults =
        new RequestDefaults(Optional.empty(), "GET", headers, new byte[0], checks);
    headers.clear();
    checks.clear();
    assertThat(defaults.request("h").headers()).containsExactly(TYPE);
    assertThat(defaults.request("h").checks()).containsExactly(STATUS);
  }
}
