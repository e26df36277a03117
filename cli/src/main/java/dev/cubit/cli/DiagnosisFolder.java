package dev.cubit.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** {@code .cubit/diagnoses/NAME} in the working folder: the recording and the page of one use. */
final class DiagnosisFolder {
  private static final Path STORE = Path.of(".cubit", "diagnoses");
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT);

  private DiagnosisFolder() {}

  /** A new one, named from the time and what is done. */
  static Path make(String tool) throws CliException {
    String base = NAME.format(LocalDateTime.now(ZoneId.systemDefault())) + "-" + tool;
    try {
      Files.createDirectories(STORE);
      for (int i = 1; ; i++) {
        Path folder = STORE.resolve(i == 1 ? base : base + "-" + i);
        if (isMade(folder)) {
          return folder;
        }
      }
    } catch (IOException e) {
      throw CliException.usage(
          "cannot make a folder in " + STORE + ": " + e.getMessage() + "; check its permissions");
    }
  }

  /** False where one that began in the same second has it. */
  private static boolean isMade(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
