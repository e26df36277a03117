package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each server as a process of its own, with its own JVM flags. */
final class ZooTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @ParameterizedTest
  @MethodSource("names")
  void starts_answers_and_ends(String name) throws Exception {
    var animal =
        Catalogue.all().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
    assumeTrue(
        animal.truth() != Truth.THROTTLED || Files.isWritable(Path.of("/sys/fs/cgroup")),
        "a CPU quota takes root");
    var errors = Files.createTempFile("zoo", ".err");
    var process = start(animal, errors);
    List<ProcessHandle> children = List.of();
    try (var out = process.inputReader(UTF_8)) {
      var line = out.readLine();
      assertThat(line).as("first line; %s", Files.readString(errors)).startsWith(Zoo.LISTENING);

      var answer = ask(Integer.parseInt(line.substring(Zoo.LISTENING.length())), animal.path());

      assertThat(answer).isNotEmpty().hasSizeLessThan(200);
      children = process.descendants().toList();
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends when told").isTrue();
      for (var child : children) {
        assertThat(child.onExit().orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(TWENTY);
      }
    } finally {
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.delete(errors);
    }
  }

  private static final Duration TWENTY = Duration.ofSeconds(20);

  static List<String> names() {
    return Catalogue.all().stream().map(Animal::name).toList();
  }

  private static Process start(Animal animal, Path errors) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(Arrays.asList(animal.flags().split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Zoo.class.getName()));
    command.add(animal.name());
    var builder = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
    builder.environment().put("PORT", "0");
    return builder.start();
  }

  private static String ask(int port, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(TWENTY);
    var response = CLIENT.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Test
  void every_truth_has_at_least_three_servers() {
    Map<Truth, List<String>> names = new EnumMap<>(Truth.class);
    Catalogue.all()
        .forEach(a -> names.computeIfAbsent(a.truth(), t -> new ArrayList<>()).add(a.name()));

    assertThat(names.keySet()).containsExactlyInAnyOrder(Truth.values());
    assertThat(names.values()).allSatisfy(of -> assertThat(of).hasSizeGreaterThanOrEqualTo(3));
  }

  @Test
  void names_are_unique_and_fields_have_no_tabs() {
    assertThat(names()).doesNotHaveDuplicates();
    assertThat(Catalogue.all())
        .allSatisfy(
            animal -> {
              assertThat(animal.line().split("\t", -1)).hasSize(5);
              assertThat(animal.name()).isEqualTo(animal.name().toLowerCase(Locale.ROOT));
              assertThat(animal.load()).containsPattern("-c \\d+");
              assertThat(animal.path()).startsWith("/");
            });
  }

  @Test
  void a_backend_ends_with_the_one_who_started_it() throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Zoo.class.getName()));
    command.addAll(List.of("backend", "--delay", "1ms"));
    var backend = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try (var out = backend.inputReader(UTF_8)) {
      assertThat(out.readLine()).startsWith(Zoo.LISTENING);

      backend.getOutputStream().close();

      assertThat(backend.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      backend.destroyForcibly();
    }
  }
}
