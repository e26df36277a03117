package dev.cubit.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cubit baseline} through its front door: a process, a real target, real sockets. */
class BaselineCommandTest {
  @TempDir Path folder = Path.of("");

  @Test
  void the_talks_own_line_measures_the_qr_service() throws IOException, InterruptedException {
    Program.Ended ended =
        cubit(
            "baseline -c 20 -d 1 --on-port /?data=hello%20cityjs -- "
                + Program.java().getFirst()
                + " -jar "
                + Checkout.service("qr"));

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out())
        .contains("│ Latency │", "│ Req/Sec   │", "│ Bytes/Sec │", "requests in");
    assertThat(ended.err()).contains("Running 1s test @ http://127.0.0.1:", "20 connections");
  }

  @Test
  void with_no_target_the_bundled_service_is_measured() throws IOException, InterruptedException {
    Program.Ended ended = cubit("baseline -d 1 -l --renderStatusCodes");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err()).contains("cubit: no URL was given");
    assertThat(ended.out()).contains("│ Percentile │", "│ Code │");
  }

  @Test
  void json_is_one_line_on_stdout_and_nothing_else() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-j -d 1 -c 3 -T mine /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(ended.out()).startsWith("{").contains("\"title\":\"mine\"", "\"connections\":3");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void a_started_target_is_gone_afterwards() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-d 1 /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(Program.lives(pidFile())).isFalse();
  }

  @Test
  void an_amount_is_sent_exactly() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-j -a 100 -c 4 /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("\"2xx\":100,").contains("\"sent\":100");
  }

  @Test
  void wrks_line_is_read_and_the_reading_told() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-t1 -c4 -d500ms --latency /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err()).contains("cubit: -t1 is read as wrk's 1 threads");
  }

  @Test
  void goals_set_the_exit_code() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 50 --goal p50<10s --goal rps>100000000 /");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.FAILED);
    assertThat(ended.out()).contains("held", "failed");
  }

  @Test
  void checks_set_the_exit_code() throws IOException, InterruptedException {
    Program.Ended right = onTiny(0, "-a 20 --check body=Hello --check status=200 /");
    Program.Ended wrong = onTiny(0, "-a 20 -E Goodbye /");

    assertThat(right.exitCode()).as(right.toString()).isZero();
    assertThat(wrong.exitCode()).as(wrong.toString()).isEqualTo(Exit.FAILED);
    assertThat(wrong.out()).contains("20 requests with mismatched body");
  }

  @Test
  void a_target_that_answers_only_errors_has_failed() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 20 /missing");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("cubit: nothing succeeded: 20 of 20 responses had status 404");
  }

  @Test
  void where_errors_are_expected_they_are_right() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 20 --check status=404 /missing");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
  }

  @Test
  void nothing_listens_at_the_address() throws IOException, InterruptedException {
    Program.Ended ended = cubit("baseline -d 1 http://127.0.0.1:" + closedPort());

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("nothing listens there");
  }

  @Test
  void the_name_does_not_resolve() throws IOException, InterruptedException {
    Program.Ended ended = cubit("baseline -d 1 http://no-such-host.invalid/");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("the name no-such-host.invalid does not resolve");
  }

  @Test
  void a_server_that_accepts_and_never_answers_is_not_waited_for_longer_than_asked()
      throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Program.Ended ended =
          cubit("baseline -j -d 1 -t 0.3 -c 2 http://127.0.0.1:" + silent.getLocalPort());

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
      assertThat(ended.out()).doesNotContain("\"timeouts\":0,");
    }
  }

  @Test
  void a_command_that_does_not_exist() throws IOException, InterruptedException {
    Program.Ended ended = cubit("baseline / -- /nowhere/server");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("cubit: cannot start '/nowhere/server'");
  }

  @Test
  void a_target_that_ends_at_once_is_told_with_its_last_words()
      throws IOException, InterruptedException {
    Program.Ended ended =
        cubit("baseline / --", List.of("sh", "-c", "echo the database is missing; exit 4"));

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("target: the database is missing", "exit code 4");
  }

  @Test
  void a_java_that_is_too_old_for_the_target_is_told_with_one_that_is_not()
      throws IOException, InterruptedException {
    String error = "java.lang.UnsupportedClassVersionError: a/B has been compiled by a more recent";
    Program.Ended ended =
        cubit("baseline / --", List.of("sh", "-c", "echo '" + error + "'; exit 1"));

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("name a newer one: " + Program.java().getFirst());
  }

  @Test
  void a_target_that_never_listens_is_given_up() throws IOException, InterruptedException {
    Program.Ended ended = cubit("baseline --ready-timeout 500ms / -- sleep 60");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err()).contains("did not listen", "--ready-timeout");
  }

  @Test
  void a_port_that_is_taken_is_told() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Program.Ended ended = onTiny(0, "--port " + taken.getLocalPort() + " /");

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
      assertThat(ended.err()).contains("port " + taken.getLocalPort() + " is taken already");
    }
  }

  @Test
  void a_target_that_dies_under_load_is_told_with_its_last_words()
      throws IOException, InterruptedException {
    Program.Ended ended = onTiny(100, "-d 5 -t 1 /");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.TARGET);
    assertThat(ended.err())
        .contains("target: I have had enough", "ended during the load, with exit code 7");
    assertThat(ended.out()).contains("requests in");
  }

  @Test
  void ctrl_c_tells_what_was_measured_and_leaves_nothing_behind()
      throws IOException, InterruptedException {
    for (String signal : List.of("INT", "TERM")) {
      Files.deleteIfExists(pidFile());
      try (Program program =
          Program.start(folder, Map.of(), tiny(0, "baseline -d 60 /").toArray(String[]::new))) {
        await().atMost(Duration.ofSeconds(60)).until(() -> program.errSoFar().contains("running"));
        program.signal(signal);
        Program.Ended ended = program.ended();

        assertThat(ended.exitCode()).as(signal + ": " + ended).isEqualTo(Exit.INTERRUPTED);
        assertThat(ended.out()).contains("│ Latency │", "requests in");
        assertThat(Program.lives(pidFile())).isFalse();
      }
    }
  }

  @Test
  void ctrl_c_while_the_target_gets_ready_ends_it() throws IOException, InterruptedException {
    Path pid = pidFile();
    List<String> words = new ArrayList<>(List.of("baseline", "/", "--", "sh", "-c"));
    words.add("echo $$ > '" + pid + "'; exec sleep 60");
    try (Program program = Program.start(folder, Map.of(), words.toArray(String[]::new))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) && Files.size(pid) > 0);
      program.signal("INT");

      Program.Ended ended = program.ended();
      assertThat(ended.exitCode()).isEqualTo(Exit.INTERRUPTED);
      assertThat(ended.err()).endsWith("cubit: stopped before the target was ready\n");
      assertThat(Program.lives(pid)).isFalse();
    }
  }

  @Test
  void forever_goes_on_until_ctrl_c() throws IOException, InterruptedException {
    try (Program program =
        Program.start(folder, Map.of(), tiny(0, "baseline -f -d 0.3 /").toArray(String[]::new))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> program.errSoFar().split("Running", -1).length > 3);
      program.signal("INT");
      Program.Ended ended = program.ended();

      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.INTERRUPTED);
      assertThat(ended.out().split("requests in", -1).length).isGreaterThan(3);
    }
  }

  @Test
  void files_are_written_where_asked() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 50 --html page.html --hdr run.hlog --save mine /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(folder.resolve("page.html")).content().contains("<html", "</html>");
    assertThat(folder.resolve("run.hlog")).content().startsWith("#");
    assertThat(folder.resolve(".cubit/runs/mine.json")).exists();
  }

  @Test
  void a_file_that_cannot_be_written_is_told() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 5 --html nowhere/page.html /");

    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(Exit.USAGE);
    assertThat(ended.err()).contains("cannot write nowhere/page.html");
    assertThat(ended.out()).contains("requests in");
  }

  @Test
  void quiet_is_quiet_and_debug_is_not() throws IOException, InterruptedException {
    Program.Ended quiet = onTiny(0, "-q -a 5 /");
    Program.Ended debug = onTiny(0, "--debug -n -a 5 /");

    assertThat(quiet.err()).isEmpty();
    assertThat(debug.err()).contains("target: listening");
  }

  @Test
  void a_path_is_loaded_at_the_port_of_the_environment() throws IOException, InterruptedException {
    int port = closedPort();
    try (Program program =
        Program.start(
            folder, Map.of("PORT", Integer.toString(port)), "baseline", "-d", "1", "/some")) {
      assertThat(program.ended().err()).contains("http://localhost:" + port + "/some");
    }
  }

  @Test
  void a_wrong_word_is_one_line_and_starts_nothing() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "--conections 5 /");

    assertThat(ended.exitCode()).isEqualTo(Exit.USAGE);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("cubit: there is no option '--conections'");
    assertThat(ended.out()).isEmpty();
    assertThat(pidFile()).doesNotExist();
  }

  @Test
  void verbose_shows_where_an_error_comes_from() throws IOException, InterruptedException {
    assertThat(cubit("baseline -V -c 0 http://localhost/").err()).contains("\tat dev.cubit.");
  }

  @Test
  void the_share_of_the_ceiling_is_told() throws IOException, InterruptedException {
    Program.Ended ended = onTiny(0, "-a 500 -c 1 --ceiling --json /");

    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("\"ceiling\"");
  }

  private Path pidFile() {
    return folder.resolve("pid");
  }

  private Program.Ended onTiny(int requests, String words)
      throws IOException, InterruptedException {
    return Program.run(folder, tiny(requests, "baseline " + words).toArray(String[]::new));
  }

  private List<String> tiny(int requests, String words) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.add("--");
    all.addAll(TinyServer.command(pidFile(), requests));
    return all;
  }

  private Program.Ended cubit(String words) throws IOException, InterruptedException {
    return cubit(words, List.of());
  }

  private Program.Ended cubit(String words, List<String> more)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(more);
    return Program.run(folder, all.toArray(String[]::new));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
