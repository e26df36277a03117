package dev.cubit.scale.clone;

import static dev.cubit.scale.clone.Running.LONG;
import static dev.cubit.scale.clone.Running.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class CloneOutputTest {
  @TempDir Path folder;

  @Test
  void output_and_errors_are_followed_kept_and_written_to_a_file() throws Exception {
    try (Running running = new Running(folder);
        LogFollower follower = running.fleet.follow()) {
      running.up(plan("one", 1));
      List<LogLine> heard = new ArrayList<>();
      while (heard.size() < 2) {
        heard.add(follower.next(LONG).orElseThrow());
      }
      int port = running.balancer.clones().getFirst().port();
      assertThat(heard)
          .extracting(line -> line.name() + " " + line.source() + " " + line.text())
          .containsExactlyInAnyOrder("one.1 ERR on port " + port, "one.1 OUT listening");
      assertThat(running.fleet.recent("one")).containsAll(heard);
      assertThat(folder.resolve("logs/one.1.log")).content().contains("listening\n");
      assertThat(follower.lost()).isZero();
    }
  }

  @Test
  void a_clone_that_writes_without_end_and_without_a_line_neither_stands_nor_fills_memory()
      throws Exception {
    try (Running running = new Running(folder).up(plan("one", 1, "flood"))) {
      await()
          .atMost(LONG)
          .until(
              () ->
                  running.fleet.recent("one").stream()
                      .anyMatch(line -> line.text().equals("end of flood")));
      assertThat(running.fleet.recent("one").stream().mapToInt(line -> line.text().length()).max())
          .hasValue(16 << 10);
      assertThat(Files.size(folder.resolve("logs/one.1.log"))).isLessThan(20_000);
    }
  }

  @Test
  void a_full_file_makes_room_and_the_oldest_goes() throws Exception {
    RotatingFile file = new RotatingFile(folder.resolve("x.log"), 100, 3);
    for (int i = 0; i < 100; i++) {
      file.write("line number " + i);
    }
    file.close();
    new RotatingFile(folder.resolve("x.log"), 100, 3).write("of the next system");
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("x.log", "x.1.log", "x.2.log");
    }
    assertThat(folder.resolve("x.log")).content().endsWith("of the next system\n");
    assertThat(folder.resolve("x.2.log")).content().contains("line number").hasSizeLessThan(130);
  }

  @Test
  void only_the_last_lines_are_kept_by_number_and_by_length() {
    Logs logs = new Logs(folder);
    CloneLog log = logs.of("one", "one.1", "one.1");
    for (int i = 0; i < 2 * CloneLog.MOST_LINES; i++) {
      log.write(LogLine.Source.OUT, "line " + i);
    }
    assertThat(log.recent()).hasSize(CloneLog.MOST_LINES);
    for (int i = 0; i < 50; i++) {
      log.write(LogLine.Source.OUT, "x".repeat(16 << 10));
    }
    assertThat(log.recent().stream().mapToInt(line -> line.text().length()).sum())
        .isLessThanOrEqualTo(CloneLog.MOST_CHARACTERS);
    logs.close();
  }

  @Test
  void one_who_reads_too_slowly_loses_lines_and_holds_up_nobody() throws Exception {
    Logs logs = new Logs(folder);
    try (LogFollower follower = logs.follow()) {
      CloneLog log = logs.of("one", "one.1", "one.1");
      for (int i = 0; i < 10_010; i++) {
        log.write(LogLine.Source.OUT, "line " + i);
      }
      assertThat(follower.lost()).isEqualTo(10);
      assertThat(follower.next(Duration.ZERO).map(LogLine::text)).isEqualTo(Optional.of("line 0"));
    }
    logs.close();
  }

  @Test
  void a_file_that_cannot_be_written_is_said_and_the_clone_goes_on() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Logs logs = new Logs(file); // no folder can be made there
    CloneLog log = logs.of("one", "one.1", "one.1");
    log.write(LogLine.Source.OUT, "hello");
    log.write(LogLine.Source.OUT, "still there");
    assertThat(log.recent()).hasSize(3);
    assertThat(log.recent().get(1).text()).contains("not written any more");
    logs.close();
  }
}
