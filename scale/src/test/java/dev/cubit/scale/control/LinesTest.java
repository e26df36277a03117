package dev.cubit.scale.control;

import static dev.cubit.scale.control.Controlled.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LinesTest {
  private static final String ASK = "GET /logs HTTP/1.1\r\n\r\n";

  @TempDir Path folder;

  record Line(String text) {}

  private Controlled writing(Answer.LineWriter writer) throws ScaleException {
    return new Controlled(
        folder,
        request -> new Answer.Lines(writer),
        new ControlServer.Bounds(99, LONG, Duration.ofSeconds(5)));
  }

  private static List<String> read(ControlClient client) throws ScaleException {
    List<String> lines = new ArrayList<>();
    client.lines("GET", "/logs", line -> lines.add(line.path("text").asString()));
    return lines;
  }

  @Test
  void each_line_is_a_chunk_and_the_end_is_seen() throws Exception {
    try (Controlled system =
            writing(
                sink -> {
                  sink.line(new Line("one"));
                  sink.line(new Line("two"));
                });
        SocketChannel socket = system.connect()) {
      Controlled.write(socket, ASK);
      assertThat(Controlled.rest(socket))
          .isEqualTo(
              "HTTP/1.1 200 OK\r\n"
                  + "cubit-control: 1\r\n"
                  + "content-type: application/x-ndjson\r\n"
                  + "connection: close\r\n"
                  + "transfer-encoding: chunked\r\n"
                  + "\r\n"
                  + "f\r\n{\"text\":\"one\"}\n\r\n"
                  + "f\r\n{\"text\":\"two\"}\n\r\n"
                  + "0\r\n\r\n");
    }
  }

  @Test
  void a_line_comes_before_the_next_is_known() throws Exception {
    LinkedBlockingQueue<String> due = new LinkedBlockingQueue<>(List.of("0"));
    try (Controlled system =
            writing(
                sink -> {
                  for (int i = 0; i < 5; i++) {
                    sink.line(new Line(due.take()));
                  }
                });
        ControlClient client = system.client()) {
      List<String> heard = new ArrayList<>();
      client.lines(
          "GET",
          "/logs",
          line -> {
            heard.add(line.path("text").asString());
            due.add("" + heard.size());
          });
      assertThat(heard).containsExactly("0", "1", "2", "3", "4");
    }
  }

  @Test
  void no_line_at_all_is_an_answer_too() throws Exception {
    try (Controlled system = writing(sink -> {});
        ControlClient client = system.client();
        SocketChannel head = system.connect()) {
      assertThat(read(client)).isEmpty();
      Controlled.write(head, "HEAD /logs HTTP/1.1\r\n\r\n");
      assertThat(Controlled.rest(head)).endsWith("transfer-encoding: chunked\r\n\r\n");
    }
  }

  @Test
  void a_client_of_http_1_0_gets_bare_lines() throws Exception {
    try (Controlled system = writing(sink -> sink.line(new Line("one")));
        SocketChannel socket = system.connect()) {
      Controlled.write(socket, "GET /logs HTTP/1.0\r\n\r\n");
      assertThat(Controlled.rest(socket)).endsWith("\r\n\r\n{\"text\":\"one\"}\n");
    }
  }

  @Test
  void a_writer_that_waits_for_its_next_line_hears_that_the_client_has_left() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (Controlled system =
        writing(
            sink -> {
              CountDownLatch gone = new CountDownLatch(1);
              sink.onEnd(gone::countDown);
              sink.line(new Line("one"));
              gone.await();
              assertThat(sink.isOpen()).isFalse();
              thrown.set(catchThrowable(() -> sink.line(new Line("two"))));
              ended.countDown();
            })) {
      try (SocketChannel socket = system.connect()) {
        Controlled.write(socket, ASK);
        Controlled.until(socket, "one");
      }
      ended.await();
      assertThat(thrown.get()).isInstanceOf(IOException.class);
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void each_of_many_clients_that_leave_is_heard_of() throws Exception {
    int clients = 500;
    CountDownLatch ended = new CountDownLatch(clients);
    try (Controlled system =
        writing(
            sink -> {
              CountDownLatch gone = new CountDownLatch(1);
              sink.onEnd(gone::countDown);
              sink.line(new Line("one"));
              gone.await();
              ended.countDown();
            })) {
      for (int i = 0; i < clients; i++) {
        try (SocketChannel socket = system.connect()) {
          Controlled.write(socket, ASK);
          Controlled.until(socket, "one");
        }
      }
      ended.await();
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void a_writer_in_the_midst_of_lines_fails_when_the_client_leaves_and_that_is_no_bug()
      throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (Controlled system =
        writing(
            sink -> {
              try {
                while (true) {
                  sink.line(new Line("x".repeat(1000)));
                }
              } finally {
                ended.countDown();
              }
            })) {
      try (SocketChannel socket = system.connect()) {
        Controlled.write(socket, ASK);
        Controlled.until(socket, "xxx");
      }
      ended.await();
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void closing_the_client_ends_its_reading_and_the_writing() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    try (Controlled system =
            writing(
                sink -> {
                  sink.onEnd(ended::countDown);
                  sink.line(new Line("one"));
                  ended.await();
                });
        ControlClient client = system.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading =
          threads.submit(
              () -> {
                client.lines("GET", "/logs", line -> heard.countDown());
                return "returned";
              });
      heard.await();
      client.close();
      assertThat(reading.get()).isEqualTo("returned");
      ended.await();
    }
  }

  @Test
  void interrupting_the_client_ends_its_reading() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    try (Controlled system =
            writing(
                sink -> {
                  sink.onEnd(ended::countDown);
                  sink.line(new Line("one"));
                  ended.await();
                });
        ControlClient client = system.client()) {
      Thread reading =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      client.lines("GET", "/logs", line -> heard.countDown());
                    } catch (ScaleException e) {
                      throw new AssertionError(e);
                    }
                  });
      heard.await();
      reading.interrupt();
      assertThat(reading.join(LONG)).isTrue();
      ended.await();
    }
  }

  @Test
  void closing_the_server_lets_a_writer_say_its_last() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (Controlled system =
            writing(
                sink -> {
                  CountDownLatch end = new CountDownLatch(1);
                  sink.onEnd(end::countDown);
                  sink.line(new Line("first"));
                  begun.countDown();
                  end.await();
                  sink.line(new Line("last"));
                });
        ControlClient client = system.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = threads.submit(() -> read(client));
      begun.await();
      system.close();
      assertThat(reading.get()).containsExactly("first", "last");
    }
  }

  @Test
  void a_writer_that_does_not_end_with_the_server_is_cut_off_and_the_client_knows()
      throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ControlHandler stuck =
        request ->
            new Answer.Lines(
                sink -> {
                  sink.line(new Line("first"));
                  begun.countDown();
                  new CountDownLatch(1).await();
                });
    try (Controlled system =
            new Controlled(
                folder, stuck, new ControlServer.Bounds(9, LONG, Duration.ofMillis(50)));
        ControlClient client = system.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var reading = threads.submit(() -> catchThrowable(() -> read(client)));
      begun.await();
      system.close();
      assertThat(reading.get())
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining("it ended amid its answer");
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void a_client_that_does_not_read_does_not_keep_the_server_from_closing() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ControlHandler flood =
        request ->
            new Answer.Lines(
                sink -> {
                  begun.countDown();
                  while (true) {
                    sink.line(new Line("x".repeat(1000)));
                  }
                });
    Controlled system =
        new Controlled(folder, flood, new ControlServer.Bounds(9, LONG, Duration.ofMillis(50)));
    try (SocketChannel socket = system.connect()) {
      Controlled.write(socket, ASK);
      begun.await();
      system.close();
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void what_fails_before_the_first_line_has_a_status_and_after_it_is_the_last_line()
      throws Exception {
    try (Controlled system =
            new Controlled(
                folder,
                request ->
                    new Answer.Lines(
                        sink -> {
                          if (request.path().contains("late")) {
                            sink.line(new Line("one"));
                          }
                          throw new ScaleException("there is no clone\ncalled x");
                        }));
        ControlClient client = system.client()) {
      assertThat(system.raw("GET /early HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 409 Conflict\r\n")
          .contains("application/problem+json");
      assertThatThrownBy(() -> client.lines("GET", "/early", line -> {}))
          .isInstanceOf(ScaleException.class)
          .hasMessage("there is no clone\ncalled x");
      List<String> heard = new ArrayList<>();
      assertThatThrownBy(() -> client.lines("GET", "/late", line -> heard.add(line.toString())))
          .isInstanceOf(ScaleException.class)
          .hasMessage("there is no clone\ncalled x");
      assertThat(heard).containsExactly("{\"text\":\"one\"}");
    }
  }

  @Test
  void a_bug_amid_lines_is_told_on_both_sides() throws Exception {
    try (Controlled system =
            writing(
                sink -> {
                  sink.line(new Line("one"));
                  throw new UncheckedIOException(new IOException("the disk"));
                });
        ControlClient client = system.client()) {
      assertThatThrownBy(() -> read(client))
          .isInstanceOf(ScaleException.class)
          .hasMessageStartingWith("cubit up has failed at this");
      assertThat(system.bugs).singleElement().isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void many_threads_may_write_and_no_line_is_torn() throws Exception {
    try (Controlled system =
            writing(
                sink -> {
                  try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int i = 0; i < 20; i++) {
                      String text = ("" + (char) ('a' + i)).repeat(500);
                      threads.submit(
                          () -> {
                            for (int n = 0; n < 50; n++) {
                              sink.line(new Line(text));
                            }
                            return text;
                          });
                    }
                  }
                });
        ControlClient client = system.client()) {
      List<String> lines = read(client);
      assertThat(lines).hasSize(1000).allMatch(l -> l.length() == 500);
      assertThat(lines).allMatch(l -> l.chars().distinct().count() == 1);
    }
  }

  @Test
  void nobody_can_write_when_the_writer_has_returned() throws Exception {
    AtomicReference<LineSink> kept = new AtomicReference<>();
    try (Controlled system =
            writing(
                sink -> {
                  kept.set(sink);
                  sink.line(new Line("one"));
                });
        ControlClient client = system.client()) {
      assertThat(read(client)).containsExactly("one");
      assertThatThrownBy(() -> kept.get().line(new Line("two"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_hook_that_fails_is_a_bug_and_harms_nobody() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Controlled system =
        writing(
            sink -> {
              sink.onEnd(gone::countDown);
              sink.onEnd(
                  () -> {
                    throw new IllegalStateException("hook");
                  });
              sink.line(new Line("one"));
              gone.await();
              ended.countDown();
            })) {
      try (SocketChannel socket = system.connect()) {
        Controlled.write(socket, ASK);
        Controlled.until(socket, "one");
      }
      ended.await();
      await().atMost(LONG).until(() -> system.bugs.size() == 1);
    }
  }
}
