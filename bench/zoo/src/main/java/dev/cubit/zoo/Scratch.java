package dev.cubit.zoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Files that end with the process. */
final class Scratch {
  private Scratch() {}

  /** Makes a folder that is deleted, with all that is in it, when the JVM ends. */
  static Path folder() throws IOException {
    var folder = Files.createTempDirectory("zoo");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("zoo: cannot delete " + folder + ": " + e.getMessage());
    }
  }
}
