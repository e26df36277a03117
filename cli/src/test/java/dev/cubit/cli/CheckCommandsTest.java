package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cubit check} and {@code cubit init}, through the front door. */
class CheckCommandsTest {
  @TempDir Path folder = Path.of("");

  private Program.Ended cubit(String... words) throws IOException, InterruptedException {
    return Program.run(folder, words);
  }

  @Test
  void the_shop_is_right_and_what_it_runs_is_told() throws IOException, InterruptedException {
    String shop = Checkout.ROOT.resolve("examples/shop/cubit.yaml").toString();
    Program.Ended ended = cubit("check", "-f", shop);

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            shop
                + """
                 is right: 3 services on http://127.0.0.1:8080

                SERVICE   ROUTES     CLONES      PARTITIONS  FROM
                qr        /qr        2           -           java -jar services/qr.jar
                products  /products  4 (2 each)  A-L, M-Z    java -jar services/products.jar
                cart      /cart      2           -           java -jar services/cart.jar
                """);
    assertThat(cubit("check", "--json", "-f", shop).out())
        .hasLineCount(1)
        .contains(
            "\"valid\":true",
            "\"name\":\"products\"",
            "\"clones\":4",
            "\"partitions\":[\"A-L\",\"M-Z\"]");
  }

  @Test
  void all_that_is_wrong_is_told_with_its_place() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("cubit.yaml"), "services:\n  a:\n    ran: x\n    route: a\n");
    Program.Ended ended = cubit("check");

    assertThat(ended.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).matches("cubit\\.yaml:\\d+:\\d+: .*"))
        .contains("cubit.yaml:3:5: 'ran' is no key of service 'a': did you mean 'run'?");
    Program.Ended json = cubit("check", "--json");
    assertThat(json.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(json.out())
        .hasLineCount(1)
        .startsWith("{\"valid\":false")
        .contains("\"line\":3,\"column\":5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"check", "check -f .", "check -f /dev/null", "init", "init --", "check x"})
  void what_cannot_be_is_one_line_and_exit_code_2(String words)
      throws IOException, InterruptedException {
    Program.Ended ended = cubit(words.split(" ", -1));

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void what_init_writes_is_right_and_is_not_written_over()
      throws IOException, InterruptedException {
    Program.Ended written = cubit("init", "--", "java", "-jar", "shop-1.2.jar", "--name", "it's");
    assertThat(written.exitCode()).as(written.toString()).isZero();
    assertThat(written.out()).contains("cubit.yaml");

    Program.Ended checked = cubit("check");
    assertThat(checked.exitCode()).as(checked.toString()).isZero();
    assertThat(checked.out()).contains("shop", "java -jar shop-1.2.jar --name it's");

    String before = Files.readString(folder.resolve("cubit.yaml"));
    Program.Ended again = cubit("init", "--", "other");
    assertThat(again.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(again.err()).contains("cubit.yaml is there already").hasLineCount(1);
    assertThat(folder.resolve("cubit.yaml")).hasContent(before);
  }

  @Test
  void variables_come_from_the_environment() throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("cubit.yaml"), "services: { a: { run: '${SERVER}', route: / } }");
    try (Program program = Program.start(folder, Map.of("SERVER", "from-outside"), "check")) {
      assertThat(program.ended().out()).contains("from-outside");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "init"})
  void each_has_a_page_with_examples(String command) throws IOException, InterruptedException {
    Program.Ended ended = cubit(command, "--help");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Usage:", "Examples:", "cubit " + command);
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }
}
