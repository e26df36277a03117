import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Checks, or with the word {@code apply} mends, the format of all Java files of the project by
 * google-java-format. Run by the build with a JDK that can read them; Maven's own may be older.
 */
class Format {
  public static void main(String[] words) throws IOException {
    boolean apply = words.length == 1 && words[0].equals("apply");
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    List<String> arguments =
        new ArrayList<>(
            apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    arguments.addAll(sources());
    int code = formatter.run(System.out, System.err, arguments.toArray(String[]::new));
    if (code != 0 && !apply) {
      System.err.println("These files are not formatted. Mend them: mvn -N -q verify -Dformat=apply");
    }
    System.exit(code);
  }

  /** Of each module, next to the pom that names it. */
  private static List<String> sources() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> poms = Files.find(Path.of("."), 3, (p, a) -> p.endsWith("pom.xml"))) {
      for (Path pom : poms.sorted().toList()) {
        Path src = pom.resolveSibling("src");
        if (Files.isDirectory(src)) {
          try (Stream<Path> files = Files.walk(src)) {
            files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(found::add);
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        }
      }
    }
    return found;
  }
}
