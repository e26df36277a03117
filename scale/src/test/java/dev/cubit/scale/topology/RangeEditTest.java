package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A range is split in a file's text, in whatever style that is written. */
class RangeEditTest {
  private static final String HEAD =
      """
      # our shop
      services:
        api:
          run: java -jar x.jar
          route: /
          partitions:
            key: path[0]   # the name
            move: java -jar x.jar move
      """;

  @TempDir Path folder = Path.of("");

  /**
   * A file before and after A-L was split at F.
   *
   * @param name for people
   */
  record Case(String name, String before, String after) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            "a line each",
            """
                  ranges:
                    A-L: { env: { DATABASE_URL: "a.db" } }   # the old disk
                    # the new disk
                    M-Z: { env: { DATABASE_URL: "b.db" } }
            """,
            """
                  ranges:
                    A-E: { env: { DATABASE_URL: "a.db" } }   # the old disk
                    F-L: { env: { DATABASE_URL: "c.db" } }
                    # the new disk
                    M-Z: { env: { DATABASE_URL: "b.db" } }
            """),
        new Case(
            "blocks",
            """
                  ranges:
                    A-L:
                      env:
                        POOL: 4
                        DATABASE_URL: a.db # old

                    # and the rest
                    M-Z:
                      env: { DATABASE_URL: b.db }
            """,
            """
                  ranges:
                    A-E:
                      env:
                        POOL: 4
                        DATABASE_URL: a.db # old
                    F-L:
                      env:
                        POOL: 4
                        DATABASE_URL: "c.db"

                    # and the rest
                    M-Z:
                      env: { DATABASE_URL: b.db }
            """),
        new Case(
            "one line",
            "      ranges: { A-L: {env: {DATABASE_URL: a.db}}, M-Z: {env: {DATABASE_URL: b.db}} } #"
                + " x\n",
            "      ranges: { A-E: {env: {DATABASE_URL: a.db}}, F-L: {env: {DATABASE_URL:"
                + " \"c.db\"}}, M-Z: {env: {DATABASE_URL: b.db}} } # x\n"),
        new Case(
            "quoted, as JSON",
            """
                  ranges: {
                    "A-L": { "env": { "DATABASE_URL": "a.db" } },
                    "M-Z": { "env": { "DATABASE_URL": "b.db" } }
                  }
            """,
            """
                  ranges: {
                    "A-E": { "env": { "DATABASE_URL": "a.db" } },
                    "F-L": { "env": { "DATABASE_URL": "c.db" } },
                    "M-Z": { "env": { "DATABASE_URL": "b.db" } }
                  }
            """),
        new Case(
            "in single quotes, the last one",
            """
                  ranges:
                    M-Z: { env: { DATABASE_URL: b.db } }
                    'A-L': { env: { DATABASE_URL: 'a.db' } }
            """,
            """
                  ranges:
                    M-Z: { env: { DATABASE_URL: b.db } }
                    'A-E': { env: { DATABASE_URL: 'a.db' } }
                    'F-L': { env: { DATABASE_URL: "c.db" } }
            """),
        new Case(
            "the last line without an end",
            "      ranges:\n        A-L: { env: { DATABASE_URL: a.db } }",
            "      ranges:\n        A-E: { env: { DATABASE_URL: a.db } }\n"
                + "        F-L: { env: { DATABASE_URL: \"c.db\" } }"),
        new Case(
            "nothing of its own",
            """
                  ranges:
                    A-L:
                    M-Z:
            """,
            """
                  ranges:
                    A-E:
                    F-L: { env: { DATABASE_URL: "c.db" } }
                    M-Z:
            """),
        new Case(
            "nothing of its own, in one line",
            "      ranges: { A-L, M-Z }\n",
            "      ranges: { A-E, F-L: { env: { DATABASE_URL: \"c.db\" } }, M-Z }\n"),
        new Case(
            "another variable",
            """
                  ranges:
                    A-L:
                      env:
                        POOL: 4
            """,
            """
                  ranges:
                    A-E:
                      env:
                        POOL: 4
                    F-L:
                      env:
                        POOL: 4
                        DATABASE_URL: "c.db"
            """),
        new Case(
            "an empty environment",
            "      ranges: { A-L: { env: {} } }\n",
            "      ranges: { A-E: { env: {} }, F-L: { env: { DATABASE_URL: \"c.db\" } } }\n"),
        new Case(
            "a block of text, with letters from everywhere",
            """
                  ranges: # 😀 Übersicht
                    A-L:
                      env:
                        NOTE: |
                          one 😀
                          two
                    M-Z:
            """,
            """
                  ranges: # 😀 Übersicht
                    A-E:
                      env:
                        NOTE: |
                          one 😀
                          two
                    F-L:
                      env:
                        NOTE: |
                          one 😀
                          two
                        DATABASE_URL: "c.db"
                    M-Z:
            """),
        new Case(
            "more keys behind",
            """
                  ranges:
                    A-L: { env: { DATABASE_URL: a.db } }
                    M-Z: { env: { DATABASE_URL: b.db } }
                  case: ignore
            """,
            """
                  ranges:
                    A-E: { env: { DATABASE_URL: a.db } }
                    F-L: { env: { DATABASE_URL: "c.db" } }
                    M-Z: { env: { DATABASE_URL: b.db } }
                  case: ignore
            """));
  }

  private FileEdit edit(String text, Map<String, String> changed)
      throws IOException, ScaleException {
    Path file = Files.writeString(folder.resolve("cubit.yaml"), text);
    TopologySource.OfFile source = new TopologySource.OfFile(file, Map.of("SECRET", "s3cret"));
    ServicePlan service = source.read().services().getFirst();
    return source.edit(RangeSplit.of(service, "A-L", "f", changed));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_entry_becomes_two_in_its_own_style(Case split) throws Exception {
    FileEdit edit = edit(HEAD + split.before, Map.of("DATABASE_URL", "c.db"));

    assertThat(edit.after().strip()).isEqualTo((HEAD + split.after).strip());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void windows_line_ends_stay(Case split) throws Exception {
    String before = "\uFEFF" + (HEAD + split.before).replace("\n", "\r\n");
    FileEdit edit = edit(before, Map.of("DATABASE_URL", "c.db"));

    assertThat(edit.after().strip())
        .isEqualTo("\uFEFF" + (HEAD + split.after).strip().replace("\n", "\r\n"));
  }

  @Test
  void what_stands_for_variables_stays_and_what_is_new_is_no_variable() throws Exception {
    FileEdit edit =
        edit(
            HEAD + "      ranges: { A-L: { env: { PASSWORD: \"${SECRET}\", URL: a } } }\n",
            Map.of("URL", "\"b\" \\ ${SECRET}\t"));

    assertThat(edit.after())
        .contains(
            "F-L: { env: { PASSWORD: \"${SECRET}\", URL: \"\\\"b\\\" \\\\ $${SECRET}\\u0009\"")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @MethodSource("aliases")
  void what_an_alias_means_is_not_edited(String text) {
    assertThatThrownBy(() -> edit(text, Map.of("DATABASE_URL", "c.db")))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("by hand");
  }

  static List<String> aliases() {
    return List.of(
        HEAD
            + "      ranges: &all { A-L: { env: { DATABASE_URL: a.db } } }\n"
            + "  two: { run: x, route: /two, partitions: { key: 'path[0]', ranges: *all } }\n",
        "x-one: &one { DATABASE_URL: a.db }\n"
            + HEAD
            + "      ranges: { A-L: { env: *one }, M-Z: }\n",
        "x-one: &one { POOL: 1 }\n" + HEAD + "      ranges: { A-L: { env: *one }, M-Z: }\n",
        "x-one: &one { env: { DATABASE_URL: a.db } }\n"
            + HEAD
            + "      ranges:\n        A-L: *one\n        M-Z:\n");
  }

  @Test
  void a_service_that_runs_otherwise_than_it_is_written_is_not_edited() throws Exception {
    String text = HEAD + "      ranges: { A-L, M-Z }\n";
    Path file = Files.writeString(folder.resolve("cubit.yaml"), text);
    TopologySource.OfFile source = new TopologySource.OfFile(file, Map.of());
    RangeSplit split =
        RangeSplit.of(source.read().services().getFirst(), "A-L", "F", Map.of("X", "y"));
    Files.writeString(file, text.replace("route: /", "route: /api"));

    assertThatThrownBy(() -> source.edit(split)).hasMessageContaining("cubit reload first");
  }

  @Test
  void it_is_written_and_taken_back_as_a_whole() throws Exception {
    String text = HEAD + "      ranges:\n        A-L:\n        M-Z:\n";
    FileEdit edit = edit(text, Map.of("X", "y"));
    Path file = folder.resolve("cubit.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(edit.differences())
        .containsExactly(
            "-         A-L:", "+         A-E:", "+         F-L: { env: { X: \"y\" } }");

    edit.write();
    assertThat(file).content().isEqualTo(edit.after());
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(edit::write).hasMessageContaining("was changed meanwhile");
    edit.undo();
    assertThat(file).content().isEqualTo(text);
    assertThat(folder).isDirectoryContaining(p -> p.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
