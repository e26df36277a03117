package dev.cubit.scale.topology;

import dev.cubit.scale.topology.ScaleException.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ${NAME}} and {@code ${NAME:-default}} in values stand for: a variable of Cubit's own
 * environment, else of the file {@code .env} beside the cubit.yaml. The default holds where the
 * variable is not set or empty. Two dollar signs before a bracket are one, and no variable.
 */
final class Variables {
  private static final Pattern USE = Pattern.compile("\\$?\\$\\{([^}]*)(}?)");
  private static final Pattern INSIDE =
      Pattern.compile("([A-Za-z_]\\w*)(?::-(.*))?", Pattern.DOTALL);
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*?)\\s*");
  private static final Pattern QUOTED = Pattern.compile("(['\"])(.*)\\1\\s*(?:#.*)?");

  private final Map<String, String> values;

  /** Those of an environment, and of the file {@code .env} in a folder where there is one. */
  Variables(Map<String, String> environment, Path folder, Problems problems) {
    values = new HashMap<>();
    Path file = folder.resolve(".env");
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        read(file, i + 1, lines.get(i), problems);
      }
    } catch (NoSuchFileException _) {
      // it need not be there
    } catch (MalformedInputException _) {
      problems.add(new Problem(file.toString(), 1, 1, "no text in UTF-8: save it as UTF-8"));
    } catch (IOException _) {
      problems.add(new Problem(file.toString(), 1, 1, "cannot be read: check its permissions"));
    }
    values.putAll(environment);
  }

  private void read(Path file, int number, String line, Problems problems) {
    if (line.isBlank() || line.stripLeading().startsWith("#")) {
      return;
    }
    Matcher set = LINE.matcher(line);
    if (!set.matches()) {
      problems.add(
          new Problem(
              file.toString(), number, 1, "no variable: write NAME=value, or # before a comment"));
      return;
    }
    String value = set.group(2);
    Matcher quoted = QUOTED.matcher(value);
    values.put(
        set.group(1), quoted.matches() ? quoted.group(2) : value.replaceFirst("(?:^|\\s+)#.*", ""));
  }

  /** Whether there is anything to put in. */
  static boolean areIn(String text) {
    return text.contains("${");
  }

  /**
   * The text with their values put in.
   *
   * @param problem told what cannot be put in
   */
  String putInto(String text, Consumer<String> problem) {
    return USE.matcher(text)
        .replaceAll(use -> Matcher.quoteReplacement(value(use.group(), use.group(1), problem)));
  }

  private String value(String use, String inside, Consumer<String> problem) {
    if (use.startsWith("$$")) {
      return use.substring(1);
    }
    Matcher parts = INSIDE.matcher(inside);
    if (!use.endsWith("}") || !parts.matches() || inside.contains("${")) {
      problem.accept(
          "'"
              + use
              + "' is no variable: write ${NAME} or ${NAME:-default}, or $${ for the characters");
      return "";
    }
    String name = parts.group(1);
    Optional<String> value = Optional.ofNullable(values.get(name));
    Optional<String> usual = Optional.ofNullable(parts.group(2));
    if (value.isEmpty() && usual.isEmpty()) {
      problem.accept(
          name.equals("PORT")
              ? "PORT differs from clone to clone: write {port} for it"
              : "the variable "
                  + name
                  + " is not set: set it, write it into .env, or give a default, ${"
                  + name
                  + ":-...}");
    }
    return usual.filter(_ -> value.orElse("").isEmpty()).or(() -> value).orElse("");
  }
}
