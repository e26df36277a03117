package dev.cubit.qr;

import static dev.cubit.qr.Running.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What operators and programs ask. */
final class OperationTest {
  @Test
  void health_is_told() throws Exception {
    try (var qr = new Running()) {
      var response = qr.get("/healthz");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(Running.text(response)).isEqualTo("ok\n");
      assertThat(header(response, "cache-control")).isEqualTo("no-store");
    }
  }

  @Test
  void metrics_count_what_was_answered() throws Exception {
    try (var qr = new Running()) {
      for (int i = 0; i < 64; i++) {
        qr.get("/?data=" + i);
      }
      qr.get("/?data=a&size=3000");
      qr.get("/?data=%25&level=x");
      qr.get("/nothing");
      var response = qr.get("/metrics");
      var metrics = Running.text(response);

      assertThat(header(response, "content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(value(metrics, "qr_requests_total{status=\"200\"}")).isEqualTo(65);
      assertThat(value(metrics, "qr_requests_total{status=\"400\"}")).isEqualTo(1);
      assertThat(value(metrics, "qr_requests_total{status=\"404\"}")).isEqualTo(1);
      assertThat(value(metrics, "qr_encode_seconds_count")).isPositive();
      assertThat(value(metrics, "qr_encode_seconds_sum")).isPositive();
      assertThat(value(metrics, "qr_worker_encode_seconds_count")).isEqualTo(1);
      assertThat(value(metrics, "qr_queue_length")).isZero();
      assertThat(value(metrics, "qr_rejected_total")).isZero();
      assertThat(metrics).contains("jvm_memory_used_bytes", "process_uptime_seconds");
      assertThat(value(Running.text(qr.get("/metrics")), "qr_requests_total{status=\"200\"}"))
          .isEqualTo(66);
    }
  }

  @Test
  void the_description_has_the_options_of_the_code_and_no_others() throws Exception {
    try (var qr = new Running()) {
      var response = qr.get("/openapi.json");
      var document = new JsonObject(Running.text(response));
      var names =
          Arrays.stream(Option.values())
              .flatMap(option -> option.names().stream())
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(header(response, "content-type")).isEqualTo("application/json");
      assertThat(at(document, "components.schemas.Options.properties").fieldNames())
          .containsExactlyInAnyOrderElementsOf(names);
      assertThat(at(document, "components.parameters").fieldNames())
          .containsExactlyInAnyOrderElementsOf(names);
      for (var method : new String[] {"get", "post"}) {
        var refs =
            at(document, "paths")
                .getJsonObject("/")
                .getJsonObject(method)
                .getJsonArray("parameters")
                .stream()
                .map(each -> ((JsonObject) each).getString("$ref").replaceAll(".*/", ""));
        assertThat(refs).containsExactlyInAnyOrderElementsOf(names);
      }
      for (var option : Option.values()) {
        var first = option.names().getFirst();
        for (var alias : option.names()) {
          var parameter = document.getJsonObject("components").getJsonObject("parameters");
          assertThat(parameter.getJsonObject(alias).getJsonObject("schema"))
              .as("what %s can be, as %s", alias, first)
              .isEqualTo(parameter.getJsonObject(first).getJsonObject("schema"));
        }
      }
    }
  }

  @Test
  void the_table_of_the_documents_has_the_options_of_the_code() throws Exception {
    var page = Files.readString(Path.of("..", "..", "docs", "qr.md"));
    var table = page.substring(page.indexOf("## Options"), page.indexOf("Which wins:"));
    for (var option : Option.values()) {
      var row =
          table
              .lines()
              .filter(line -> line.startsWith("| `" + option.names().getFirst() + "` |"))
              .findFirst();
      assertThat(row).as("the row of %s", option).isPresent();
      assertThat(row.orElseThrow())
          .contains(option.names().stream().map("`%s`"::formatted).toList());
    }
    assertThat(table.lines().filter(line -> line.startsWith("| `")))
        .hasSize(Option.values().length);
  }

  @Test
  void the_description_has_the_formats_of_the_code() throws Exception {
    try (var qr = new Running()) {
      var document = new JsonObject(Running.text(qr.get("/openapi.json")));
      var parameters = document.getJsonObject("components").getJsonObject("parameters");
      JsonArray formats =
          parameters.getJsonObject("format").getJsonObject("schema").getJsonArray("enum");

      assertThat(formats.stream().map(each -> each.toString().toLowerCase(Locale.ROOT)))
          .containsExactlyInAnyOrderElementsOf(Formats.names());
    }
  }

  private static JsonObject at(JsonObject document, String path) {
    var object = document;
    for (var name : path.split("\\.", -1)) {
      object = object.getJsonObject(name);
    }
    return object;
  }

  private static double value(String metrics, String name) {
    var line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
    assertThat(line.find()).as("%s in %s", name, metrics).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
