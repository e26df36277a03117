package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said with its place, all at once, and in words that tell what to do. */
class WrongFilesTest {
  @TempDir Path folder = Path.of("");

  private String only(String yaml) throws IOException {
    assertThat(Written.in(folder, yaml).problems()).hasSize(1);
    return Written.in(folder, yaml).problems().getFirst();
  }

  @Test
  void all_problems_are_told_in_the_order_of_the_file() throws IOException {
    Written file =
        Written.in(
            folder,
            """
            gateway: { lisen: 8080 }
            services:
              qr:
                run: java -jar qr.jar
                route: /qr
                clonse: 2
              Cart:
                route: /qr
                run: 'a && b'
                clones: many
            """);

    assertThat(file.problems())
        .containsExactly(
            "1:12: 'lisen' is no key of 'gateway': did you mean 'listen'?",
            "6:5: 'clonse' is no key of service 'qr': did you mean 'clones'?",
            "7:3: a service's name has lower case letters, digits and hyphens, at most 63, and"
                + " begins with a letter; 'Cart' has not",
            "8:12: 'Cart' has the route /qr as 'qr' in line 5 has: requests can go to one only",
            "9:10: '&&' is for a shell, and Cubit starts programs itself: write [sh, -c, '...']",
            "10:13: 'clones' wants a whole number from 1 to 1000, not 'many'");
    assertThatThrownBy(file::read)
        .isInstanceOf(ScaleException.class)
        .message()
        .startsWith(folder.resolve("cubit.yaml") + ":1:12: 'lisen'")
        .hasLineCount(6);
  }

  @Test
  void gaps_and_overlaps_say_which_keys() throws IOException {
    assertThat(only(ranges("A-L: , N-Z: ")))
        .isEqualTo(
            "6:24: a gap between 'A-L' and 'N-Z': nobody owns keys that begin with M; let one of"
                + " the two have them");
    assertThat(only(ranges("A-C: , X-Z: "))).contains("nobody owns keys that begin with D to W");
    assertThat(only(ranges("A-Lm: , Lo-Z: "))).contains("keys that begin with LN;");
    assertThat(only(ranges("A-Lm: , N-Z: "))).contains("keys from LN to before N;");
    assertThat(only(ranges("A-M: , M-Z: ")))
        .contains("'A-M' and 'M-Z' overlap: both own keys that begin with M");
    assertThat(only(ranges("a-l: , L-Z: "))).contains("overlap");
    assertThat(only(ranges("M..: , X-Z: "))).contains("overlap");
    assertThat(only(ranges("Z-A: "))).contains("'Z-A' ends before it begins: write A-Z");
    assertThat(only(ranges("A-B-C: "))).contains("two hyphens: write from..to");
    assertThat(only(ranges("A-: "))).contains("no range");
  }

  @Test
  void several_versions_and_partitions_are_not_for_one_service() throws IOException {
    String two =
        """
        services:
          shop:
            route: /
            versions: { blue: { run: x }, green: { run: y } }
            partitions: { key: 'path[1]', hash: { of: [a, b] } }
        """;

    assertThat(only(two))
        .isEqualTo(
            "5:5: 'shop' has several versions and partitions, which cannot be together yet: take"
                + " one of them out");
    assertThat(Written.in(folder, two.replace(", green: { run: y }", "")).problems()).isEmpty();
  }

  private static String ranges(String ranges) {
    return Corpus.file("run: x\npartitions:\n  ranges: { %s }\n  key: path[1]".formatted(ranges));
  }

  @Test
  void the_same_route_is_one_only_where_all_is_the_same() throws IOException {
    String two = "services:\n  a: { run: x, route: %s }\n  b: { run: x, route: %s }\n";

    assertThat(only(two.formatted("/a", "/a/")))
        .startsWith("3:23: 'b' has the route /a as 'a' in line 2 has");
    assertThat(only(two.formatted("{ methods: [GET, PUT] }", "{ methods: PUT }")))
        .contains("route /");
    assertThat(Written.in(folder, two.formatted("/a", "{ path: /a, methods: PUT }")).problems())
        .isEmpty();
    assertThat(Written.in(folder, two.formatted("/a", "{ path: /a, host: b.com }")).problems())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          services:\\n\\ta: b             | 2:1: a tab, where YAML wants spaces: indent with two spaces
          ''                              | 1:1: the file is empty: `cubit init -- COMMAND` writes one to begin with
          '# only a comment'              | 1:1: the file is empty: `cubit init -- COMMAND` writes one to begin with
          services                        | 1:1: a cubit.yaml wants keys with values, as `key: value`
          '[1, 2]'                        | 1:1: a cubit.yaml wants keys with values, as `key: value`
          services:                       | 1:10: 'services' wants keys with values, as `key: value`
          'services: {}'                  | 1:11: 'services' is empty: name one, as `shop: { run: ..., route: / }`
          'gateway: {}'                   | 1:1: there are no 'services': name one, as `shop: { run: ..., route: / }`
          'a: b: c'                       | 1:5: a second ': ' in one line: put the value in quotes, or the key in a line of its own
          'services: { a: *b }'           | 1:16: the alias has no anchor before it: write &name where the value stands first
          'services: { a: &b [*b] }'      | 1:16: service 'a' wants keys with values, as `key: value`
          ---\\n---\\n                    | 2:1: a second document begins here, and a cubit.yaml is one: take the line out
          'services: { a: { b: c }'       | 2:1: a bracket is not closed, or a comma is missing
          a: \\u0000                      | 1:4: no text: there is a character U+0000
          """)
  void it_is_one_clear_line(String text, String problem) throws IOException {
    assertThat(
            only(
                text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0")
                    + (text.startsWith("services: { a: { b") ? "\n" : "")))
        .isEqualTo(problem);
  }

  @Test
  void a_folder_and_a_file_that_is_not_there_are_said() {
    assertThatThrownBy(() -> TopologyFile.read(folder, Map.of()))
        .isInstanceOf(ScaleException.class)
        .hasMessage(
            folder + " is a folder: name the file in it, as " + folder.resolve("cubit.yaml"));
    assertThatThrownBy(() -> TopologyFile.read(folder.resolve("none"), Map.of()))
        .isInstanceOf(ScaleException.class)
        .hasMessageStartingWith("there is no " + folder.resolve("none") + ": ");
  }

  @Test
  void what_is_made_to_hurt_is_one_line_and_quick() throws IOException {
    StringBuilder bomb = new StringBuilder("x-0: &x0 [a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("x-%d: &x%d [".formatted(i, i))
          .append("*x%d, ".formatted(i - 1).repeat(8))
          .append("]\n");
    }
    assertThat(only(bomb + "services: { a: *x29 }\n")).contains("service 'a' wants keys");
    assertThat(only("[".repeat(100_000)))
        .isEqualTo("1:33: more than 32 levels deep; a cubit.yaml needs 7");
    assertThat(only("a".repeat(2 << 20)))
        .isEqualTo("1:1: larger than 1 MB: is this the right file?");
    assertThat(
            Written.in(
                    folder,
                    "services: { a: { run: x, route: /, %s: 1 } }".formatted("k".repeat(900)))
                .problems())
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(320));
  }

  @Test
  void bytes_that_are_no_text_are_said() throws IOException {
    byte[] rubbish = new byte[4_096];
    new Random(1).nextBytes(rubbish);
    Path file = Files.write(folder.resolve("cubit.yaml"), rubbish);

    assertThat(new Written(file).problems())
        .containsExactly("1:1: no text in UTF-8: is this the right file? Save it as UTF-8");
  }

  @Test
  void a_line_of_the_variables_file_that_sets_nothing_is_said_with_its_place() throws IOException {
    Files.writeString(folder.resolve(".env"), "A=b\nnonsense\n");
    Written file = Written.in(folder, "services: { a: { run: x, route: / } }");

    assertThatThrownBy(file::read)
        .hasMessage(
            folder.resolve(".env") + ":2:1: no variable: write NAME=value, or # before a comment");
  }

  /** Also what nobody thought of is a problem with a place, or is read; never another exception. */
  @Property(tries = 2_000)
  void no_file_is_a_bug(@ForAll @Size(max = 60) byte[] noise, @ForAll int seed) throws IOException {
    Path file = Files.createTempFile("cubit", ".yaml");
    try {
      Random random = new Random(seed);
      String good = Corpus.file(Corpus.GOOD.get(random.nextInt(Corpus.GOOD.size())));
      byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
      for (byte b : noise) {
        if (random.nextInt(20) == 0) {
          bytes[random.nextInt(bytes.length)] =
              (byte) " :-{}[]'\"\n\t&*#|>%@".charAt(Math.floorMod(b, 18));
        }
      }
      Files.write(file, bytes);
      for (String line : new Written(file).problems()) {
        assertThat(line).matches("(?s)[1-9]\\d*:[1-9]\\d*: .+");
      }
    } finally {
      Files.delete(file);
    }
  }
}
