package dev.cubit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the user asked for. */
final class Output {
  private Output() {}

  static void write(Path file, String text) throws CliException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CliException.usage("cannot write " + file + ": check the folder and its permissions");
    }
  }
}
