package dev.cubit.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources of the project are, seen from a test. */
final class Checkout {
  static final Path ROOT = find();

  private Checkout() {}

  private static Path find() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("cubit")) && Files.exists(folder.resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no checkout of Cubit is above " + here);
  }

  /** The runnable jar of a bundled service, as the build has made it. */
  static Path service(String name) {
    Path jar = ROOT.resolve("services").resolve(name).resolve("out").resolve(name + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is not built: run mvn verify at the root");
    }
    return jar;
  }
}
