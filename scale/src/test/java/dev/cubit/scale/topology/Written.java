package dev.cubit.scale.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A cubit.yaml that a test has written into a folder. */
record Written(Path file) {
  static Written in(Path folder, String text) throws IOException {
    return new Written(Files.writeString(folder.resolve("cubit.yaml"), text));
  }

  Topology read() throws ScaleException {
    return read(Map.of());
  }

  Topology read(Map<String, String> environment) throws ScaleException {
    return TopologyFile.read(file, environment);
  }

  /** The only service. */
  ServicePlan service() throws ScaleException {
    return read().services().getFirst();
  }

  /** As {@code 3:5: sentence}; empty where it is read. */
  List<String> problems() {
    try {
      read();
      return List.of();
    } catch (ScaleException e) {
      return e.problems().isEmpty()
          ? List.of(String.valueOf(e.getMessage()))
          : e.problems().stream()
              .map(p -> p.line() + ":" + p.column() + ": " + p.sentence())
              .toList();
    }
  }

  /** Where the sources of the project are. */
  static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("cubit"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no checkout of Cubit is above " + here);
  }
}
