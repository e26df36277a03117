package dev.cubit.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whether docs/json.md says what each field of a line of JSON is. */
final class Documented {
  private static final Path DOCUMENT = Path.of("..", "docs", "json.md");

  private Documented() {}

  /** Fails for a field that the section on a command does not name, quoted as code. */
  static void in(String command, JsonNode line) throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf("\n## " + command);
    assertThat(begin).as("a section '" + command + "' in " + DOCUMENT).isNotNegative();
    int end = text.indexOf("\n## ", begin + 1);
    String section = text.substring(begin, end < 0 ? text.length() : end);
    Set<String> fields = new TreeSet<>();
    collect("", line, fields);
    for (String field : fields) {
      assertThat(section).as(DOCUMENT + " on " + field).contains("`" + field + "`");
    }
  }

  /** Names with dots; of lists the first entry, of errors any kind, of histograms the outside. */
  private static void collect(String path, JsonNode node, Set<String> into) {
    if (node.isArray()) {
      if (!node.isEmpty() && node.get(0).isObject()) {
        collect(path, node.get(0), into);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      boolean kind = path.equals("errorsByKind");
      String name = kind ? path + ".KIND" : path.isEmpty() ? e.getKey() : path + "." + e.getKey();
      into.add(name);
      boolean histogram = e.getKey().endsWith("Micros") || e.getKey().equals("bodyBytes");
      if (e.getValue().isContainer() && !histogram) {
        collect(name, e.getValue(), into);
      }
    }
  }
}
