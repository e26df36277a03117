package dev.cubit.scale.control;

import static dev.cubit.scale.control.Controlled.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ControlClientTest {
  @TempDir Path folder;

  @Test
  void questions_and_answers_come_through() throws Exception {
    try (Controlled system = new Controlled(folder, Controlled::echo);
        ControlClient client = system.client()) {
      assertThat(client.get("/clones/cart.1?all").toString())
          .isEqualTo(
              "{\"method\":\"GET\",\"path\":[\"clones\",\"cart.1\"],\"query\":{\"all\":\"\"},\"body\":null}");
      assertThat(client.send("PUT", "/x", Map.of("clones", 3)).path("body").toString())
          .isEqualTo("{\"clones\":3}");
      assertThat(client.send("POST", "/x").path("method").asString()).isEqualTo("POST");
      client.lines("GET", "/x", one -> assertThat(one.path("path").size()).isOne());
    }
  }

  @Test
  void a_large_answer_comes_whole() throws Exception {
    try (Controlled system = new Controlled(folder, r -> Answer.of("x".repeat(5_000_000)));
        ControlClient client = system.client()) {
      assertThat(client.get("/").asString()).hasSize(5_000_000);
    }
  }

  @Test
  void what_the_handler_throws_is_thrown_here_with_all_its_lines() throws Exception {
    ScaleException plain = new ScaleException("one line\nand another: caff\u00e8");
    ScaleException ofFile =
        new ScaleException(
            List.of(
                new ScaleException.Problem("cubit.yaml", 3, 5, "no such key"),
                new ScaleException.Problem("cubit.yaml", 9, 1, "too many clones")));
    try (Controlled system =
            new Controlled(
                folder,
                request -> {
                  throw request.path().contains("file") ? ofFile : plain;
                });
        ControlClient client = system.client()) {
      assertThatThrownBy(() -> client.get("/"))
          .isInstanceOf(ScaleException.class)
          .hasMessage(plain.getMessage());
      assertThat(catchThrowable(() -> client.send("POST", "/file")))
          .isInstanceOfSatisfying(
              ScaleException.class,
              e -> {
                assertThat(e).hasMessage(ofFile.getMessage());
                assertThat(e.problems()).isEqualTo(ofFile.problems());
              });
      assertThat(system.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 409 Conflict\r\n");
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void a_body_that_is_too_large_is_told_by_the_server() throws Exception {
    try (Controlled system = new Controlled(folder, Controlled::echo);
        ControlClient client = system.client()) {
      assertThatThrownBy(() -> client.send("POST", "/", "x".repeat(9_000_000)))
          .isInstanceOf(ScaleException.class)
          .hasMessage("a body has at most 1048576 bytes");
    }
  }

  @Test
  void where_nothing_runs_it_says_so() throws Exception {
    String sentence = "nothing runs here: no cubit up answers in ";
    assertThatThrownBy(() -> ControlClient.of(folder))
        .isInstanceOf(ScaleException.class)
        .hasMessage(sentence + folder);
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ControlClient.of(missing)).hasMessage(sentence + missing);
    try (ServerSocketChannel dead = fake()) {
      assertThat(dead.isOpen()).isTrue();
    }
    assertThatThrownBy(() -> ControlClient.of(folder)).hasMessage(sentence + folder);
  }

  /** Something else at the place of the socket. */
  private ServerSocketChannel fake() throws Exception {
    ServerSocketChannel fake = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return fake.bind(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
  }

  private ScaleException answered(String answer) throws Exception {
    try (ServerSocketChannel fake = fake();
        ControlClient client = ControlClient.of(folder)) {
      Thread server =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      fake.accept().close(); // the look whether somebody is there
                      try (SocketChannel socket = fake.accept()) {
                        Controlled.until(socket, "\r\n\r\n");
                        Controlled.write(socket, answer);
                      }
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      Throwable thrown = catchThrowable(() -> client.get("/"));
      assertThat(server.join(LONG)).isTrue();
      assertThat(thrown).isInstanceOf(ScaleException.class);
      return (ScaleException) thrown;
    } finally {
      Files.delete(folder.resolve("control.sock"));
    }
  }

  @Test
  void a_peer_that_is_none_of_ours_is_told_apart() throws Exception {
    assertThat(answered("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"))
        .hasMessage("what answers there is no cubit up");
    assertThat(answered("HTTP/1.1 200 OK\r\ncubit-control: 2\r\ncontent-length: 2\r\n\r\n{}"))
        .hasMessageContaining("another version of Cubit");
    assertThat(answered("SSH-2.0-OpenSSH_9.2\r\n")).hasMessageContaining("speaks no HTTP");
    assertThat(answered("")).hasMessageContaining("it ended amid its answer");
    assertThat(answered("HTTP/1.1 200 OK\r\ncubit-control: 1\r\ncontent-length: 9\r\n\r\n{}"))
        .hasMessageContaining("it ended amid its answer");
    assertThat(answered("HTTP/1.1 200 OK\r\ncubit-control: 1\r\ncontent-length: 2\r\n\r\n{x"))
        .hasMessageContaining("what it answers is no JSON");
  }

  @Test
  void a_process_that_listens_and_does_not_answer_is_given_up() throws Exception {
    try (ServerSocketChannel stopped = fake();
        ControlClient client = ControlClient.of(folder, Duration.ofMillis(50))) {
      assertThat(stopped.isOpen()).isTrue();
      assertThatThrownBy(() -> client.get("/"))
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining("has not answered within");
    }
  }

  @Test
  void a_closed_client_gives_up_what_it_has_asked() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ControlHandler stuck =
        request -> {
          asked.countDown();
          never.await();
          return Answer.of("late");
        };
    try (Controlled system = new Controlled(folder, stuck);
        ControlClient client = system.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var thrown = threads.submit(() -> catchThrowable(() -> client.send("POST", "/reload")));
      asked.await();
      client.close();
      assertThat(thrown.get())
          .isInstanceOf(ScaleException.class)
          .hasMessage("it was given up before the running system had answered");
      never.countDown();
    }
  }

  @Test
  void the_systems_that_run_are_found_and_no_others() throws Exception {
    assertThat(LiveSystems.under(folder)).isEmpty();
    Path up = Files.createDirectories(folder.resolve(".cubit/up"));
    Files.createDirectory(up.resolve("ended"));
    Files.writeString(up.resolve("file"), "");
    Path longName = up.resolve("z".repeat(100));
    try (Controlled shop = new Controlled(up.resolve("shop"), Controlled::echo);
        Controlled bank = new Controlled(up.resolve("bank"), Controlled::echo);
        Controlled far = new Controlled(longName, Controlled::echo)) {
      assertThat(LiveSystems.under(folder)).containsExactly(bank.folder, shop.folder, far.folder);
      shop.close();
      assertThat(LiveSystems.under(folder)).containsExactly(bank.folder, far.folder);
    }
    assertThat(LiveSystems.under(folder)).isEmpty();
  }
}
