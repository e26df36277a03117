package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class FormDataProperties {
  @Property
  void whatever_names_and_values_a_form_has_each_is_one_part(
      @ForAll @Size(min = 1, max = 5)
          Map<@net.jqwik.api.From("texts") String, @net.jqwik.api.From("texts") String> fields,
      @ForAll long seed)
      throws RequestFileException {
    ObjectNode description = JsonMapper.shared().createObjectNode();
    List<String> expected = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          description.putObject(name).put("type", "text").put("value", value);
          String shown = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
          expected.add("Content-Disposition: form-data; name=\"" + shown + "\"\r\n\r\n" + value);
        });
    FormData form = FormData.of(description.toString(), seed);
    String boundary = form.contentType().split("boundary=", 2)[1];
    assertThat(boundary).as("RFC 2046, section 5.1.1").matches("[0-9A-Za-z]{1,70}");
    String body = new String(form.body(), StandardCharsets.UTF_8);
    assertThat(body).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
    String parts = body.substring(boundary.length() + 4, body.length() - boundary.length() - 8);
    assertThat(parts.split("\r\n--" + boundary + "\r\n", -1)).containsExactlyElementsOf(expected);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> anything =
        Arbitraries.strings()
            .ofMaxLength(12)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    Arbitrary<String> awkward = Arbitraries.strings().withChars("\"\r\n-%;=:\\ a\0").ofMaxLength(8);
    return Arbitraries.oneOf(anything, awkward);
  }
}
