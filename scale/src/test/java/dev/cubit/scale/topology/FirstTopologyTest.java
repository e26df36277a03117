package dev.cubit.scale.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code cubit init} writes is what the reader reads. */
class FirstTopologyTest {
  @ParameterizedTest
  @CsvSource({
    "java -jar services/qr.jar, qr",
    "java -Xmx64m -jar target/Shop_Server-1.2.3-SNAPSHOT.jar --x, shop-server",
    "node server.js, server",
    "python3 -m http.server, http-server",
    "npm run start, npm",
    "./bin/my-app --port {port}, my-app",
    "java -jar 7.jar, service"
  })
  void the_service_is_named_for_what_runs(String command, String name) {
    assertThat(FirstTopology.name(List.of(command.split(" ", -1)))).isEqualTo(name);
  }

  @Property(tries = 300)
  void its_command_is_the_one_that_was_given(@ForAll @Size(min = 1, max = 4) List<String> words)
      throws Exception {
    List<String> command =
        words.stream()
            .map(w -> w.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFFFE\\uFFFF]", "x"))
            .toList();
    if (command.getFirst().isBlank() || command.getFirst().matches("\\w+=.*")) {
      return; // no command
    }
    assertThat(read(FirstTopology.of(command)).command()).isEqualTo(command);
  }

  @Test
  void words_that_mean_something_to_yaml_or_to_cubit_are_kept() throws Exception {
    for (List<String> command :
        List.of(
            List.of(
                "server", "a b", "it's", "\"x\"", "#no", "${HOME}", "$HOME", "{port}", ": ", "- x"),
            List.of("true"),
            List.of("5"),
            List.of("{port}", "x"))) {
      assertThat(read(FirstTopology.of(command)).command()).isEqualTo(command);
    }
  }

  @Test
  void a_line_break_is_refused() {
    assertThatThrownBy(() -> FirstTopology.of(List.of("a\nb"))).isInstanceOf(ScaleException.class);
  }

  private static Version read(String yaml) throws IOException, ScaleException {
    Path file = Files.createTempFile("cubit", ".yaml");
    try {
      Files.writeString(file, yaml);
      ServicePlan service = TopologyFile.read(file, Map.of()).services().getFirst();
      assertThat(service.clones()).isEqualTo(2);
      return ((Origin.Started) service.origin()).versions().getFirst();
    } finally {
      Files.delete(file);
    }
  }
}
