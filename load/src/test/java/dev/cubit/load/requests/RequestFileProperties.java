package dev.cubit.load.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.load.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

final class RequestFileProperties {
  /** Reads it as any file of requests and as a HAR. */
  private static void requireRequestsOrOneClearLine(byte[] content) {
    for (boolean har : List.of(false, true)) {
      try {
        Told.from(
            content,
            file -> {
              try {
                List<Request> requests =
                    har
                        ? RequestFile.readHar(file, Told.DEFAULTS)
                        : RequestFile.read(file, Told.DEFAULTS);
                assertThat(requests).isNotEmpty();
              } catch (RequestFileException e) {
                String message = String.valueOf(e.getMessage());
                Told.requireReadable(message);
                assertThat(message).containsOnlyOnce(file.toString()).startsWith(file.toString());
              }
              return true;
            });
      } catch (RequestFileException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE) // of nested values there are too many
  void whatever_json_is_in_a_file_it_is_requests_or_one_clear_line_that_names_the_file(
      @ForAll("json") String json) {
    requireRequestsOrOneClearLine(json.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 30)
  void json_that_is_cut_off_is_never_taken_for_less(@ForAll("lists") String json) {
    for (int length = 1; length < json.length(); length++) {
      String cut = json.substring(0, length);
      Told.by(
              () ->
                  Told.from(
                      cut.getBytes(StandardCharsets.UTF_8),
                      file -> RequestFile.read(file, Told.DEFAULTS)))
          .contains("no valid JSON");
    }
  }

  @Property
  void whatever_bytes_are_in_a_file_they_are_requests_or_one_clear_line(@ForAll byte[] content) {
    requireRequestsOrOneClearLine(content);
  }

  @Property
  void a_body_of_any_text_is_sent_as_it_is(@ForAll("bodies") String body)
      throws RequestFileException {
    String json = "[{\"body\": " + quoted(body) + "}]";
    List<Request> requests =
        Told.from(
            json.getBytes(StandardCharsets.UTF_8), file -> RequestFile.read(file, Told.DEFAULTS));
    assertThat(Told.body(requests.getFirst())).isEqualTo(body);
  }

  private static String quoted(String text) {
    return text.chars()
        .mapToObj(
            c -> c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : "" + (char) c)
        .collect(Collectors.joining("", "\"", "\""));
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.strings()
        .ofMaxLength(50)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  @Provide
  Arbitrary<String> lists() {
    return Arbitraries.of("\"/a\"", "{\"path\":\"/b\"}", "{\"url\":\"http://h\",\"body\":[1]}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(entries -> "[" + String.join(",", entries) + "]");
  }

  /** The words of our formats, where they belong and where they do not. */
  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> values = values(4);
    Arbitrary<String> entries =
        values.list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
    return Arbitraries.frequencyOf(
        Tuple.of(1, values),
        Tuple.of(2, entries),
        Tuple.of(1, entries.map(list -> "{\"requests\":" + list + "}")),
        Tuple.of(1, entries.map(list -> "{\"log\":{\"entries\":" + list + "}}")),
        Tuple.of(
            2, values.map(request -> "{\"log\":{\"entries\":[{\"request\":" + request + "}]}}")));
  }

  private static Arbitrary<String> values(int depth) {
    Arbitrary<String> scalars =
        Arbitraries.of(
            "\"/\"",
            "\"http://h/x\"",
            "\"\"",
            "\"GET\"",
            "\"base64\"",
            "\"AA==\"",
            "\"a\\nb\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "null",
            "true",
            "200",
            "-1",
            "1.5e300",
            "1e999999999",
            "1e9999999999",
            "{}",
            "[]");
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<String> names =
        Arbitraries.of(
            "method",
            "url",
            "path",
            "headers",
            "body",
            "expect",
            "status",
            "request",
            "postData",
            "text",
            "encoding",
            "params",
            "name",
            "value",
            "requests",
            "log",
            "entries",
            "x\\n");
    Arbitrary<String> objects =
        Combinators.combine(
                names.list().uniqueElements().ofMaxSize(4), values(depth - 1).list().ofSize(4))
            .as(
                (keys, list) -> {
                  StringBuilder object = new StringBuilder("{");
                  for (int i = 0; i < keys.size(); i++) {
                    object.append(i == 0 ? "\"" : ",\"").append(keys.get(i)).append("\":");
                    object.append(list.get(i));
                  }
                  return object.append('}').toString();
                });
    Arbitrary<String> lists =
        values(depth - 1).list().ofMaxSize(3).map(list -> "[" + String.join(",", list) + "]");
    return Arbitraries.frequencyOf(Tuple.of(2, scalars), Tuple.of(3, objects), Tuple.of(1, lists));
  }
}
