package dev.cubit.scale.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The YAML on the pages, made into whole files: what has no {@code services} is keys of one, or the
 * gateway.
 */
final class DocumentedFiles {
  private static final Pattern FENCE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

  private DocumentedFiles() {}

  static List<String> all() throws IOException {
    List<String> files = new ArrayList<>();
    for (String page : List.of("cubit-yaml.md", "partitions.md", "tls-and-http2.md")) {
      Path file = Written.checkout().resolve("docs").resolve(page);
      FENCE
          .matcher(Files.readString(file))
          .results()
          .forEach(fence -> files.add(whole(fence.group(1))));
    }
    if (files.size() < 10) {
      throw new IllegalStateException("where are the examples of docs/cubit-yaml.md?");
    }
    return files;
  }

  private static String whole(String yaml) {
    if (has(yaml, "services")) {
      return yaml;
    }
    if (has(yaml, "gateway")) {
      return yaml + "services: { shop: { run: server, route: / } }\n";
    }
    boolean answered =
        has(yaml, "run") || has(yaml, "at") || has(yaml, "dns") || has(yaml, "versions");
    return "services:\n  shop:\n"
        + (has(yaml, "route") ? "" : "    route: /\n")
        + (answered || yaml.contains(" at: ") ? "" : "    run: server\n")
        + yaml.indent(4);
  }

  private static boolean has(String yaml, String key) {
    return Pattern.compile("(?m)^" + key + ":").matcher(yaml).find();
  }
}
