package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {
  @ParameterizedTest
  @CsvSource({
    "data=ciao, ciao",
    "data=hello%20cityjs, hello cityjs",
    "data=a+b%2Bc, a b+c",
    "x=1&data=2&data=3, 2",
    "d%61ta=ciao, ciao",
    "%=&data=a=b, a=b",
    "data=%F0%9F%99%82%c3%bc, 🙂ü",
  })
  void a_value_is_decoded_as_a_form_writes_it(String query, String value) {
    assertThat(Query.value(query, "data")).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "data", "data=", "datas=a", "&&", "Data=a", "x=data=1", "data&data=1"})
  void no_value_is_empty(String query) {
    assertThat(Query.value(query, "data")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data=%",
        "data=%4",
        "data=%zz",
        "data=%-1",
        "data=%E4",
        "data=%ED%A0%80",
        "data=ü"
      })
  void a_value_that_is_not_well_encoded_is_refused(String query) {
    assertThatThrownBy(() -> Query.value(query, "data"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data ");
  }

  @Test
  void a_damaged_neighbour_does_not_matter() {
    assertThat(Query.value("a=%zz&%zz=1&data=ok", "data")).hasValue("ok");
  }

  @Property(tries = 1000)
  void what_the_jdk_encodes_is_read_back(@ForAll @StringLength(min = 1, max = 50) String any) {
    var text = new String(any.getBytes(UTF_8), UTF_8);
    var query = "a=b&data=" + URLEncoder.encode(text, UTF_8) + "&c";

    assertThat(Query.value(query, "data")).hasValue(text);
  }
}
