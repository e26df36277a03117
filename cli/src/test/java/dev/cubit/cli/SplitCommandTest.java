package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cubit split}: its steps in their order, and what is left where one of them fails. */
class SplitCommandTest {
  /** Writes down what it was asked, and fails, hangs or edits the file where a file says so. */
  private static final String MOVE =
      """
      echo "$1 $FROM_PLACE>$TO_PLACE $KEYS_FROM..$KEYS_TO $KEYS_FOLDING" >> calls
      echo "$1 is done soon"
      echo $$ > pid
      [ -e edit"$1" ] && echo "# edited" >> cubit.yaml
      [ -e fail"$1" ] && exit 7
      [ -e hang"$1" ] && exec sleep 1000
      exit 0
      """;

  private static final List<String> ALL =
      List.of(" low>new F..L upper", "--final low>new F..L upper", "--remove low>new F..L upper");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write_the_command_that_moves() throws IOException {
    Files.writeString(folder.resolve("move.sh"), MOVE);
  }

  private static String api(String ranges) {
    return """
    api:
      run: '%s'
      route: /
      clones: 1
      partitions:
        key: path[0]
        move: sh move.sh
        ranges:
    """
            .formatted(Upped.server())
        + ranges.indent(6);
  }

  private Upped up() throws IOException {
    return Upped.of(
        folder, api("A-L: { env: { PLACE: low } }   # here\nM-Z: { env: { PLACE: high } }\n"));
  }

  private String file() throws IOException {
    return Files.readString(folder.resolve("cubit.yaml"));
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private Path touch(String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }

  private static Program.Ended split(Upped up, String... more)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(List.of("split", "api", "A-L", "at", "f", "--env", "PLACE=new"));
    words.addAll(List.of(more));
    return up.cubit(words.toArray(String[]::new));
  }

  @Test
  void a_range_becomes_two_and_stays_two() throws Exception {
    try (Upped up = up()) {
      String before = file();
      Program.Ended split = split(up);

      assertThat(split.exitCode()).as(split.toString()).isZero();
      assertThat(split.out()).isEqualTo("A-L of api is split at f\n");
      assertThat(split.err())
          .containsSubsequence(
              "clones of both are started",
              "api.F-L.1 takes requests",
              "copying the keys F..L",
              "move |  is done soon",
              "requests for these keys wait from now on, 10.0 s at most",
              "move | --final is done soon",
              "requests for these keys go to F-L",
              "api.A-L.1 has ended",
              "removing the keys F..L",
              "move | --remove is done soon");
      assertThat(calls()).isEqualTo(ALL);
      List<String> low = up.words("/apple");
      List<String> fresh = up.words("/fig");
      assertThat(low.get(2)).isEqualTo("low");
      assertThat(fresh.get(2)).isEqualTo("new");
      assertThat(up.words("/Lz").get(2)).isEqualTo("new");
      assertThat(up.words("/plum").get(2)).isEqualTo("high");
      assertThat(up.cubit("ps").out())
          .contains("api.A-E.1", "api.F-L.1", "api.M-Z.1")
          .doesNotContain("api.A-L");
      assertThat(file())
          .isEqualTo(
              before.replace(
                  "A-L: { env: { PLACE: low } }   # here\n",
                  "A-E: { env: { PLACE: low } }   # here\n"
                      + "        F-L: { env: { PLACE: \"new\" } }\n"));

      Program.Ended reload = up.cubit("reload");
      assertThat(reload.exitCode()).as(reload.toString()).isZero();
      assertThat(up.words("/apple")).isEqualTo(low);
      assertThat(up.words("/fig")).isEqualTo(fresh);

      Program.Ended again =
          up.cubit("split", "api", "F-L", "at", "GR", "--env", "PLACE=newer", "--env", "NAME=x");
      assertThat(again.exitCode()).as(again.toString()).isZero();
      assertThat(up.words("/fig").get(2)).isEqualTo("new");
      assertThat(up.words("/grape").subList(1, 3)).containsExactly("x", "newer");
      assertThat(file()).contains("F-GQ: {", "GR-L: {");
    }
  }

  @Test
  void a_dry_run_only_says_what_would_be_done() throws Exception {
    try (Upped up = up()) {
      String before = file();
      List<String> low = up.words("/fig");
      Program.Ended dry = split(up, "--dry-run");

      assertThat(dry.exitCode()).as(dry.toString()).isZero();
      assertThat(dry.err()).isEmpty();
      assertThat(dry.out())
          .containsSubsequence(
              "A-L of api would be split into",
              "A-E, the keys from A to the last that begins with E",
              "F-L, the keys from F to the last that begins with L",
              "PLACE=new",
              "sh move.sh",
              "- ",
              "A-L: { env: { PLACE: low } }   # here",
              "+ ",
              "A-E: { env: { PLACE: low } }   # here",
              "+ ",
              "F-L: { env: { PLACE: \"new\" } }");
      assertThat(file()).isEqualTo(before);
      assertThat(calls()).isEmpty();
      assertThat(up.words("/fig")).isEqualTo(low);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fail, `sh move.sh` has ended with exit code 7, 1",
    "fail--final, `sh move.sh --final` has ended with exit code 7, 2",
    "hang--final, `sh move.sh --final` did not end in time, 2"
  })
  void where_a_step_fails_all_is_as_before(String file, String sentence, int steps)
      throws Exception {
    try (Upped up = up()) {
      String before = file();
      List<String> low = up.words("/fig");
      Path failing = touch(file);
      Program.Ended split = split(up, "--hold-at-most", "700ms");

      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.TARGET);
      assertThat(split.err()).contains("the split was not done, and A-L is as it was: " + sentence);
      assertThat(split.out()).isEmpty();
      assertThat(calls()).isEqualTo(ALL.subList(0, steps));
      assertThat(file()).isEqualTo(before);
      assertThat(up.words("/fig")).isEqualTo(low);
      assertThat(up.cubit("ps").out()).contains("api.A-L.1").doesNotContain("F-L", "A-E");

      Files.delete(failing);
      Program.Ended again = split(up);
      assertThat(again.exitCode()).as(again.toString()).isZero();
      assertThat(up.words("/fig").get(2)).isEqualTo("new");
    }
  }

  @Test
  void what_is_held_while_a_step_fails_is_answered_by_whom_it_was_before() throws Exception {
    try (Upped up = up()) {
      List<String> low = up.words("/fig");
      touch("hang--final");
      try (Program split =
          Program.start(
              folder,
              Map.of(),
              "split",
              "api",
              "A-L",
              "at",
              "F",
              "-e",
              "PLACE=new",
              "--hold-at-most",
              "3s")) {
        await().atMost(Upped.LONG).until(() -> split.errSoFar().contains("move | --final"));
        CompletableFuture<List<String>> held = async(() -> up.words("/fig"));
        assertThat(up.words("/apple")).isEqualTo(low);
        assertThat(held).isNotDone();
        assertThat(held.join()).isEqualTo(low);
        assertThat(split.ended().exitCode()).isEqualTo(Exit.TARGET);
      }
    }
  }

  @Test
  void a_request_that_does_not_end_holds_nobody_up_for_long() throws Exception {
    try (Upped up = Upped.of(folder, api("A-L: { env: { PLACE: low } }\nM-Z:\n"))) {
      String before = file();
      var _ = async(() -> up.get("/hang"));
      await().atMost(Upped.LONG).until(() -> up.inFlight() == 1);
      Program.Ended split = split(up, "--hold-at-most", "300ms");

      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.TARGET);
      assertThat(split.err()).contains("1 request of the moving keys was still under way");
      assertThat(calls()).hasSize(1);
      assertThat(file()).isEqualTo(before);
    }
  }

  @Test
  void where_only_the_removal_fails_the_split_holds() throws Exception {
    try (Upped up = up()) {
      touch("fail--remove");
      Program.Ended split = split(up);

      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.TARGET);
      assertThat(split.err())
          .contains(
              "the split holds, and requests go by it",
              "`sh move.sh --remove` has ended with exit code 7",
              "KEYS_FROM=F KEYS_TO=L KEYS_FOLDING=upper");
      assertThat(up.words("/fig").get(2)).isEqualTo("new");
      assertThat(file()).contains("F-L: { env: { PLACE: \"new\" } }");
    }
  }

  @Test
  void where_a_new_clone_does_not_get_ready_nothing_is_moved() throws Exception {
    try (Upped up = up()) {
      String before = file();
      List<String> low = up.words("/fig");
      Program.Ended split = split(up, "--env", "BROKEN=" + touch("broken"));

      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.TARGET);
      assertThat(split.err()).contains("out of luck", "the split was not done");
      assertThat(calls()).isEmpty();
      assertThat(file()).isEqualTo(before);
      assertThat(up.words("/fig")).isEqualTo(low);
    }
  }

  @Test
  void nothing_else_is_reread_meanwhile_and_it_goes_on_without_its_terminal() throws Exception {
    try (Upped up = up()) {
      String before = file();
      touch("hang");
      try (Program split =
          Program.start(folder, Map.of(), "split", "api", "A-L", "at", "F", "-e", "PLACE=new")) {
        await().atMost(Upped.LONG).until(() -> !calls().isEmpty());
        Program.Ended reload = up.cubit("reload");
        assertThat(reload.exitCode()).as(reload.toString()).isEqualTo(Exit.TARGET);
        assertThat(reload.err()).contains("A-L of api is being split");
        Program.Ended second = split(up);
        assertThat(second.exitCode()).as(second.toString()).isEqualTo(Exit.TARGET);
        assertThat(second.err()).contains("A-L of api is being split");

        split.signal("INT");
        Program.Ended interrupted = split.ended();
        assertThat(interrupted.exitCode()).isEqualTo(Exit.INTERRUPTED);
        assertThat(interrupted.err()).contains("goes on without this terminal");
      }
      Program.Ended down = up.cubit("down");
      assertThat(down.exitCode()).as(down.toString()).isZero();
      up.program().ended();
      assertThat(up.err()).contains("api: split was not done: the system is being ended");
      assertThat(file()).isEqualTo(before);
      assertThat(calls()).hasSize(1);
    }
  }

  @Test
  void a_file_that_was_changed_meanwhile_is_left_alone() throws Exception {
    try (Upped up = up()) {
      List<String> low = up.words("/fig");
      String changed = file().replace("clones: 1", "clones: 2");
      Files.writeString(folder.resolve("cubit.yaml"), changed);
      Program.Ended split = split(up);
      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.USAGE);
      assertThat(split.err()).contains("cubit reload first").hasLineCount(1);
      assertThat(file()).isEqualTo(changed);
      assertThat(up.words("/fig")).isEqualTo(low);
    }
  }

  @ParameterizedTest
  @CsvSource({"edit, 1", "edit--final, 2"})
  void a_file_that_is_changed_while_keys_are_moved_is_left_alone(String file, int steps)
      throws Exception {
    try (Upped up = up()) {
      String before = file();
      List<String> low = up.words("/fig");
      touch(file);
      Program.Ended split = split(up);

      assertThat(split.exitCode()).as(split.toString()).isEqualTo(Exit.TARGET);
      assertThat(split.err()).contains("cubit.yaml was changed meanwhile");
      assertThat(calls()).isEqualTo(ALL.subList(0, steps));
      assertThat(file()).isEqualTo(before + "# edited\n");
      assertThat(up.words("/fig")).isEqualTo(low);
    }
  }

  @Test
  void what_a_killed_one_has_left_is_ended_at_the_next_start_and_nothing_is_split()
      throws Exception {
    String before;
    long left;
    try (Upped up = up()) {
      before = file();
      touch("hang--final");
      try (Program split =
          Program.start(folder, Map.of(), "split", "api", "A-L", "at", "F", "-e", "PLACE=new")) {
        await().atMost(Upped.LONG).until(() -> calls().size() == 2);
        up.program().signal("KILL");
        up.program().ended();
        assertThat(split.ended().exitCode()).isNotZero();
      }
      left = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }
    try (Upped up = Upped.start(folder).awaitUp()) {
      assertThat(left).matches(pid -> !Upped.lives(pid), "has ended");
      assertThat(file()).isEqualTo(before);
      assertThat(up.words("/fig").get(2)).isEqualTo("low");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "split nobody A-L at F",
        "split api A-L on F",
        "split api A-L F",
        "split api X-Y at F",
        "split api A-L at Z",
        "split api A-L at A",
        "split api A-L at F",
        "split api A-L at F --env PLACE=low",
        "split api A-L at F --env PORT=1",
        "split api A-L at F --env a-b=1",
        "split api A-L at F --env PLACE=new --hold-at-most 0s",
        "split api A-L at F --env PLACE=new --hold-at-most 30d",
        "split api A-L at F --env PLACE=new --hold-at-most soon",
        "split one A at B"
      })
  void what_cannot_be_is_one_line_and_nothing_is_done(String words) throws Exception {
    String one = "one: { run: '%s', route: /one }\n".formatted(Upped.server());
    try (Upped up = Upped.of(folder, one + api("A-L: { env: { PLACE: low } }\nM-Z:\n"))) {
      String before = file();
      Program.Ended ended = up.cubit(words.split(" ", -1));

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
      assertThat(ended.err().lines()).as(ended.toString()).hasSize(1);
      assertThat(ended.out()).isEmpty();
      assertThat(file()).isEqualTo(before);
      assertThat(calls()).isEmpty();
    }
  }

  @Test
  void without_a_file_there_is_nothing_to_split() throws Exception {
    String[] command = Upped.server().strip().split(" ", -1);
    try (Upped up =
        Upped.start(folder, "--clones", "1", "--port", "0", "--", command[0], command[1])) {
      up.awaitUp();
      Program.Ended ended = up.cubit("split", "server", "A-L", "at", "F");

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
      assertThat(ended.err()).contains("started without a file").hasLineCount(1);
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }

  private static <T> CompletableFuture<T> async(Question<T> question) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return question.ask();
          } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
