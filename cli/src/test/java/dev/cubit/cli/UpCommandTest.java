package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cubit up} and what other terminals say to it, through the front door. */
class UpCommandTest {
  @TempDir Path folder = Path.of("");

  private static String api(String more) {
    return "api: { run: '%s', route: /, %s }".formatted(Upped.server(), more);
  }

  // ---- beginning and ending

  @Test
  void a_command_is_cloned_behind_one_port_and_ended_by_down() throws Exception {
    String[] command = Upped.server().strip().split(" ", -1);
    try (Upped up =
        Upped.start(folder, "--clones", "3", "--port", "0", "--", command[0], command[1])) {
      up.awaitUp();
      Set<Long> processes = up.processes("/");
      assertThat(processes).hasSize(3);

      Program.Ended ps = up.cubit("ps");
      assertThat(ps.exitCode()).as(ps.toString()).isZero();
      assertThat(ps.out()).contains("SERVICE", "server.1", "server.3", "ready", up.address());
      processes.forEach(pid -> assertThat(ps.out()).contains(" " + pid + " "));

      Program.Ended down = up.cubit("down");
      assertThat(down.exitCode()).as(down.toString()).isZero();
      assertThat(down.out()).isEqualTo("ended\n");
      assertThat(down.err()).contains("server.2 has ended");
      Program.Ended ended = up.program().ended();
      assertThat(ended.exitCode()).as(ended.toString()).isZero();
      assertThat(processes).noneMatch(Upped::lives);
      assertThat(up.cubit("ps").exitCode()).isEqualTo(Exit.USAGE);
    }
  }

  @Test
  void ctrl_c_answers_what_is_under_way_and_ends_all() throws Exception {
    try (Upped up = Upped.of(folder, api("clones: 2"))) {
      Set<Long> processes = up.processes("/");
      assertThat(up.inFlight()).isZero();
      CompletableFuture<List<String>> slow =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return up.words("/slow");
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await().atMost(Upped.LONG).until(() -> up.inFlight() == 1);
      up.program().signal("INT");

      assertThat(processes).contains(Long.valueOf(slow.join().getFirst()));
      assertThat(up.program().ended().exitCode()).isEqualTo(Exit.INTERRUPTED);
      assertThat(processes).noneMatch(Upped::lives);
      assertThat(folder.resolve(".cubit/up/cubit/control.sock")).doesNotExist();
    }
  }

  @Test
  void what_a_killed_one_has_left_is_ended_at_the_next_start() throws Exception {
    Set<Long> left;
    try (Upped up = Upped.of(folder, api("clones: 2"))) {
      left = up.processes("/");
      up.program().signal("KILL");
      up.program().ended();
    }
    try (Upped up = Upped.start(folder).awaitUp()) {
      assertThat(up.err()).contains("ended 2 processes that the system before had left");
      assertThat(left).noneMatch(Upped::lives);
      assertThat(up.processes("/")).hasSize(2).doesNotContainAnyElementsOf(left);
    }
  }

  @Test
  void the_second_of_one_file_says_so() throws Exception {
    try (Upped up = Upped.of(folder, api("clones: 1"))) {
      Program.Ended second = up.cubit("up");
      assertThat(second.exitCode()).isEqualTo(Exit.USAGE);
      assertThat(second.err()).contains("is up already, by the process").hasLineCount(1);

      Program.Ended other = up.cubit("ps", "--name", "other");
      assertThat(other.exitCode()).isEqualTo(Exit.USAGE);
      assertThat(up.processes("/")).hasSize(1);
    }
  }

  @Test
  void where_no_clone_gets_ready_it_ends_with_the_reason() throws Exception {
    Upped.write(folder, "api: { run: '%s', route: / }".formatted(Upped.server("crash")));
    Program.Ended ended = Program.run(folder, "up");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("no clone gets ready: api.1 ended with exit code 3");
    assertThat(ended.out()).contains("api.1 | out of luck");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up -f nowhere.yaml",
        "up --clones 2",
        "up --clones 0 -- x",
        "up --port 70000 -- x",
        "up --transport tin -- x",
        "up --name a/b -- x",
        "up --",
        "ps",
        "top",
        "top --every 1ms",
        "logs",
        "reload",
        "reload api",
        "clones",
        "clones api",
        "clones api=x",
        "clones api=2",
        "promote api",
        "rollback",
        "partitions",
        "split api A-L at F",
        "down",
        "down -f nowhere.yaml"
      })
  void what_cannot_be_is_one_line_and_exit_code_2(String words) throws Exception {
    Program.Ended ended = Program.run(folder, words.split(" ", -1));

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err().lines()).as(ended.toString()).hasSize(1);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void a_file_that_is_wrong_starts_nothing_and_tells_where() throws Exception {
    Upped.write(folder, "api: { ran: x, route: / }");
    Program.Ended ended = Program.run(folder, "up");

    assertThat(ended.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).contains("cubit.yaml:3:").contains("did you mean 'run'");
  }

  // ---- changing what runs

  @Test
  void a_reload_replaces_every_clone_and_loses_no_request() throws Exception {
    try (Upped up = Upped.of(folder, api("clones: 2"))) {
      Set<Long> before = up.processes("/");
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!stop.get()) {
                    up.words("/");
                    asked.incrementAndGet();
                  }
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Program.Ended reload = up.cubit("reload", "api");
      Program.Ended more = up.cubit("clones", "api=4");
      Program.Ended fewer = up.cubit("clones", "api=1");
      stop.set(true);

      load.join();
      assertThat(asked).hasPositiveValue();
      assertThat(reload.exitCode()).as(reload.toString()).isZero();
      assertThat(reload.out()).isEqualTo("api is reloaded\n");
      assertThat(reload.err()).contains("api.1 takes requests", "api.2 has ended");
      assertThat(more.out()).as(more.toString()).isEqualTo("api has 4 clones\n");
      assertThat(fewer.out()).as(fewer.toString()).isEqualTo("api has 1 clone\n");
      assertThat(up.processes("/")).hasSize(1).doesNotContainAnyElementsOf(before);
      assertThat(before).noneMatch(Upped::lives);
    }
  }

  @Test
  void a_reload_whose_new_clone_does_not_get_ready_changes_nothing_and_says_why() throws Exception {
    Path broken = folder.resolve("broken");
    try (Upped up = Upped.of(folder, api("clones: 2, env: { BROKEN: '" + broken + "' }"))) {
      Set<Long> before = up.processes("/");
      Files.createFile(broken);
      Program.Ended reload = up.cubit("reload", "api");

      assertThat(reload.exitCode()).as(reload.toString()).isEqualTo(Exit.TARGET);
      assertThat(reload.err()).contains("out of luck");
      assertThat(reload.out()).isEmpty();
      assertThat(up.processes("/")).isEqualTo(before);
    }
  }

  @Test
  void only_what_has_changed_in_the_file_is_touched() throws Exception {
    String one = "one: { run: '%s', route: /one, clones: 1 }\n".formatted(Upped.server());
    String two = "two: { run: '%s', route: /two, clones: 1, env: { NAME: %s } }\n";
    try (Upped up = Upped.of(folder, one + two.formatted(Upped.server(), "old"))) {
      List<String> first = up.words("/one");
      assertThat(up.words("/two").get(1)).isEqualTo("old");
      assertThat(up.get("/three").statusCode()).isEqualTo(404);

      String three = "three: { run: '%s', route: /three, clones: 1 }\n".formatted(Upped.server());
      Upped.write(folder, one + two.formatted(Upped.server(), "new") + three);
      up.program().signal("HUP");
      up.awaitErr(Pattern.compile("all is as in the file"));
      assertThat(up.words("/one")).isEqualTo(first);
      assertThat(up.words("/two").get(1)).isEqualTo("new");
      assertThat(up.words("/three").getFirst()).matches("\\d+");

      Upped.write(folder, one);
      Program.Ended reload = up.cubit("reload");
      assertThat(reload.exitCode()).as(reload.toString()).isZero();
      assertThat(up.words("/one")).isEqualTo(first);
      assertThat(up.get("/two").statusCode()).isEqualTo(404);

      Upped.write(folder, "one: { rin: x, route: / }");
      Program.Ended wrong = up.cubit("reload");
      assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(Exit.USAGE);
      assertThat(wrong.err()).contains("cubit.yaml:3:").contains("nothing was changed");
      assertThat(up.words("/one")).isEqualTo(first);
    }
  }

  @Test
  void a_new_service_that_does_not_get_ready_does_not_take_the_way_of_another() throws Exception {
    try (Upped up = Upped.of(folder, api("clones: 1"))) {
      List<String> api = up.words("/cart");
      String cart = "\ncart: { run: '%s', route: /cart }".formatted(Upped.server("crash"));
      Upped.write(folder, api("clones: 1") + cart);
      Program.Ended reload = up.cubit("reload");

      assertThat(reload.exitCode()).as(reload.toString()).isEqualTo(Exit.TARGET);
      assertThat(reload.err()).contains("cart.1", "out of luck");
      assertThat(up.words("/cart")).isEqualTo(api);
    }
  }

  @Test
  void one_version_is_promoted_and_rolled_back() throws Exception {
    String version = "{ run: '%s', env: { NAME: %s } }";
    String versions =
        "versions: { blue: %s, green: %s }"
            .formatted(
                version.formatted(Upped.server(), "blue"),
                version.formatted(Upped.server(), "green"));
    try (Upped up = Upped.of(folder, "shop: { route: /, clones: 1, " + versions + " }")) {
      assertThat(up.cubit("ps").out()).contains("shop@blue.1", "shop@green.1");

      Program.Ended promote = up.cubit("promote", "shop", "green");
      assertThat(promote.exitCode()).as(promote.toString()).isZero();
      for (int i = 0; i < 20; i++) {
        assertThat(up.words("/").get(1)).isEqualTo("green");
      }
      assertThat(up.cubit("promote", "shop", "red").exitCode()).isNotZero();

      Program.Ended rollback = up.cubit("rollback", "shop");
      assertThat(rollback.exitCode()).as(rollback.toString()).isZero();
      assertThat(up.cubit("ps").out()).contains("shop@blue.1", "shop@green.1");
    }
  }

  // ---- looking at it

  @Test
  void what_clones_write_is_shown_and_kept() throws Exception {
    try (Upped up = Upped.of(folder, api("clones: 2"))) {
      assertThat(up.out()).contains("api.1 | listening", "api.2 | listening");
      Program.Ended logs = up.cubit("logs", "api");
      assertThat(logs.exitCode()).as(logs.toString()).isZero();
      assertThat(logs.out()).contains("api.1 | listening", "api.2 | listening");
      assertThat(up.cubit("logs", "-n", "1").out()).hasLineCount(1);
      assertThat(up.cubit("logs", "--json").out()).contains("\"name\":\"api.2\"");
      assertThat(up.cubit("logs", "api", "nobody").exitCode()).isEqualTo(Exit.USAGE);
      assertThat(up.cubit("logs", "-f", "cubit.yaml", "api").err()).contains("--file cubit.yaml");

      try (Program follow = Program.start(folder, Map.of(), "logs", "-f", "-n", "0")) {
        await()
            .atMost(Upped.LONG)
            .until(
                () -> { // it may begin to follow only after the first
                  up.cubit("reload", "api");
                  return follow.outSoFar().contains("api.2 | listening");
                });
        follow.signal("INT");
        assertThat(follow.ended().exitCode()).isEqualTo(Exit.INTERRUPTED);
      }
      assertThat(folder.resolve(".cubit/up/cubit/logs/api.1.log"))
          .content()
          .containsSubsequence("listening", "listening");
    }
  }

  @Test
  void keys_go_to_their_partitions_and_what_those_carry_is_shown() throws Exception {
    String ranges = "{ A-L: { env: { PLACE: low } }, M-Z: { env: { PLACE: high } } }";
    try (Upped up =
        Upped.of(
            folder, api("clones: 1, partitions: { key: 'path[1]', ranges: " + ranges + " }"))) {
      for (int i = 0; i < 10; i++) {
        assertThat(up.words("/products/apple").get(2)).isEqualTo("low");
        assertThat(up.words("/products/pear").get(2)).isEqualTo("high");
        assertThat(up.words("/products/Zebra").get(2)).isEqualTo("high");
      }
      Program.Ended partitions = up.cubit("partitions", "api");
      assertThat(partitions.exitCode()).as(partitions.toString()).isZero();
      assertThat(partitions.out()).contains("A-L", "M-Z", "APPLE 100 %", "67 %");
      assertThat(up.cubit("partitions", "api", "--json").out()).contains("\"key\":\"PEAR\"");

      assertThat(up.cubit("partitions", "api", "--dry-run").out()).isEqualTo("no key moves\n");
      Upped.write(
          folder,
          api(
              "clones: 1, partitions: { key: 'path[1]', ranges: "
                  + "{ A-F: {}, G-L: {}, M-Z: {} } }"));
      assertThat(up.cubit("partitions", "api", "--dry-run").out())
          .containsSubsequence("A-L", "A-F", "from A to before G")
          .containsSubsequence("A-L", "G-L", "from G to before M")
          .doesNotContain("M-Z");
      Upped.write(folder, api("clones: 1, partitions: { key: 'path[1]', hash: { of: [a, b] } }"));
      assertThat(up.cubit("partitions", "api", "--dry-run").out()).contains("every key may");
      assertThat(up.cubit("ps").out()).contains("api.A-L.1", "api.M-Z.1");
    }
  }

  @Test
  void each_request_is_in_the_access_log() throws Exception {
    Files.writeString(
        folder.resolve("cubit.yaml"),
        "gateway: { listen: 0, access-log: logs/access.log }\nservices: { "
            + api("clones: 1")
            + " }");
    try (Upped up = Upped.start(folder).awaitUp()) {
      up.words("/seen?x=1");
      up.cubit("down");
      up.program().ended();
    }
    assertThat(folder.resolve("logs/access.log"))
        .content()
        .hasLineCount(1)
        .contains("\"target\":\"/seen?x=1\"", "\"service\":\"api\"", "\"status\":200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "ps",
        "top",
        "logs",
        "reload",
        "clones",
        "promote",
        "rollback",
        "partitions",
        "split",
        "down"
      })
  void each_has_a_page_with_examples(String command) throws Exception {
    Program.Ended ended = Program.run(folder, command, "--help");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Usage:", "Examples:", "cubit " + command);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }
}
