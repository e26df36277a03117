package dev.cubit.scale.topology;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A commented cubit.yaml to begin with. */
public final class FirstTopology {
  private static final Pattern PLAIN = Pattern.compile("[\\w./=+@%,~{}-]+");
  private static final Set<String> LAUNCHERS =
      Set.of(
          "java", "node", "python", "python3", "ruby", "php", "perl", "deno", "bun", "sh", "bash",
          "env", "exec", "npm", "npx", "yarn", "run", "start");

  private FirstTopology() {}

  /**
   * For one command.
   *
   * @param command the program and its arguments
   * @throws ScaleException where a word has a line break or the like
   */
  public static String of(List<String> command) throws ScaleException {
    if (!command.stream().allMatch(word -> word.codePoints().allMatch(FirstTopology::isPlain))) {
      throw new ScaleException(
          "the command has a character that cannot be in one line of YAML: put it into a script");
    }
    return """
    # What runs here: `cubit check` says whether this file is right. All keys: docs/cubit-yaml.md
    gateway:
      listen: 8080                # of the loopback interface; 0.0.0.0:8080 for all

    services:
      %1$s:
        # Each clone is told its port by PORT in its environment; {port} in the command is it as well.
        run: %2$s
        route: /                  # this path and all below it; the longest route wins
        clones: 2                 # equal processes; auto is one a core

        # health: /health         # a path that answers 2xx; without it: ready when the port accepts
        # checks: [ / ]           # requests that a clone must answer before it takes traffic
        # memory: 512MB           # a clone above it is replaced, without losing a request
        # env: { DATABASE_URL: "${DATABASE_URL}" }

        # partitions:             # each owns a part of the keys, and has clones of its own
        #   key: path[1]          # /%1$s/{key}
        #   ranges:
        #     A-L: { env: { DATABASE_URL: "jdbc:sqlite:data/%1$s-1.db" } }
        #     M-Z: { env: { DATABASE_URL: "jdbc:sqlite:data/%1$s-2.db" } }
    """
        .formatted(name(command), run(command));
  }

  private static boolean isPlain(int c) {
    boolean isBreak = c == 0x2028 || c == 0x2029;
    boolean isAlone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !Character.isISOControl(c) && !isBreak && !isAlone && c != 0xFFFE && c != 0xFFFF;
  }

  /**
   * As a text that is taken apart into the same words, where they are plain; else as a list of
   * them.
   */
  private static String run(List<String> command) {
    boolean plain = command.stream().allMatch(word -> PLAIN.matcher(word).matches());
    String text = String.join(" ", command);
    boolean needsQuotes = !text.matches("[A-Za-z./].*") || text.matches("(?i)null|true|false|~");
    if (plain) {
      return needsQuotes ? quoted(text) : text;
    }
    return command.stream().map(FirstTopology::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** In single quotes nothing is special to YAML but they; a variable would be to Cubit. */
  private static String quoted(String word) {
    return "'" + word.replace("'", "''").replace("${", "$${") + "'";
  }

  /** Of the jar; else of the first word that is neither an option nor what starts others. */
  static String name(List<String> command) {
    int jar = command.indexOf("-jar");
    String word =
        jar >= 0 && jar + 1 < command.size()
            ? command.get(jar + 1)
            : command.stream()
                .filter(w -> !w.startsWith("-") && !LAUNCHERS.contains(file(w)))
                .findFirst()
                .orElse(command.getFirst());
    String name =
        file(word)
            .replaceFirst("(?i)\\.(jar|m?js|ts|py|rb|php|pl|sh|war)$", "")
            .replaceFirst("[-_.]?v?\\d+(\\.\\d+)+.*$", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    String kept = name.substring(0, Math.min(name.length(), 63)).replaceAll("-+$", "");
    return kept.isEmpty() ? "service" : kept;
  }

  private static String file(String word) {
    return word.substring(word.lastIndexOf('/') + 1);
  }
}
