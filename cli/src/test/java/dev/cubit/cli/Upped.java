package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code cubit up} of small perl servers, which answer with their process's id. */
final class Upped implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);
  private static final Pattern UP = Pattern.compile("(?m)^cubit: up: (http://\\S+),");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final Program program;
  private String address = "";

  private Upped(Path folder, Program program) {
    this.folder = folder;
    this.program = program;
  }

  /** The words that start a server; see server.pl for its own. */
  static String server(String... words) {
    Path script = Checkout.ROOT.resolve("scale/src/test/resources/server.pl");
    return "perl " + script + " " + String.join(" ", words);
  }

  /** Returns at once. */
  static Upped start(Path folder, String... words) throws IOException {
    return start(folder, Map.of(), List.of(words));
  }

  /** Likewise, with variables of the environment. */
  static Upped start(Path folder, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("up"));
    all.addAll(words);
    return new Upped(folder, Program.start(folder, environment, all.toArray(String[]::new)));
  }

  /** Of a file, when all is up. */
  static Upped of(Path folder, String services) throws IOException {
    write(folder, services);
    return start(folder).awaitUp();
  }

  static void write(Path folder, String services) throws IOException {
    Files.writeString(
        folder.resolve("cubit.yaml"),
        "gateway: { listen: 0 }\nservices:\n" + services.indent(2).stripTrailing() + "\n");
  }

  Upped awaitUp() {
    address = awaitErr(UP).group(1);
    return this;
  }

  /** Waits for stderr to have it. */
  Matcher awaitErr(Pattern pattern) {
    return await()
        .atMost(LONG)
        .until(
            () -> {
              assertThat(program.isAlive()).as(err()).isTrue();
              return pattern.matcher(err());
            },
            Matcher::find);
  }

  String err() {
    try {
      return program.errSoFar();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String out() throws IOException {
    return program.outSoFar();
  }

  Program program() {
    return program;
  }

  String address() {
    return address;
  }

  /** Another terminal's command. */
  Program.Ended cubit(String... words) throws IOException, InterruptedException {
    return Program.run(folder, words);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address + path)).timeout(LONG).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What servers answer: process, NAME, PLACE. */
  List<String> words(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return List.of(answer.body().split(" ", -1));
  }

  /** The processes that answer some requests. */
  Set<Long> processes(String path) throws IOException, InterruptedException {
    Set<Long> all = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      all.add(Long.valueOf(words(path).getFirst()));
    }
    return all;
  }

  /** Requests that are under way. */
  int inFlight() throws ScaleException {
    try (ControlClient control = ControlClient.of(folder.resolve(".cubit/up/cubit"))) {
      return control.get("/v1/status").at("/gateway/load/inFlight").asInt();
    }
  }

  /** Not where it has ended and only nobody has asked for its exit code (proc(5), state Z). */
  static boolean lives(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
