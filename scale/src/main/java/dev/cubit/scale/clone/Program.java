package dev.cubit.scale.clone;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command as it is given to the operating system. It becomes a session of its own: else Ctrl-C
 * would reach the clones from the terminal at once, before their last requests are answered.
 */
final class Program {
  private static final Optional<Path> SETSID = find("setsid", System.getenv("PATH"));

  private Program() {}

  /** The command that makes a session and then becomes that one, where that is possible. */
  static List<String> inSession(List<String> words) {
    if (SETSID.isEmpty()) {
      return words;
    }
    List<String> inside = new ArrayList<>();
    inside.add(SETSID.get().toString());
    inside.addAll(words);
    return inside;
  }

  /** Why it cannot be run; said here, as setsid and sh would say it in their own ways. */
  static Optional<String> missing(String word, Path folder, String path) {
    if (!Files.isDirectory(folder)) {
      return Optional.of("there is no folder " + folder + " to run it in");
    }
    if (word.contains("/")) {
      Path file = folder.resolve(word);
      if (!Files.isRegularFile(file)) {
        return Optional.of("there is no such program: " + file);
      }
      return Files.isExecutable(file)
          ? Optional.empty()
          : Optional.of("it is not executable: " + file);
    }
    return find(word, path).isPresent()
        ? Optional.empty()
        : Optional.of("there is no program '" + word + "' in PATH");
  }

  private static Optional<Path> find(String name, String path) {
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
