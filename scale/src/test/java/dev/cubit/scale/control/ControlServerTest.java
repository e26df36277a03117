package dev.cubit.scale.control;

import static dev.cubit.scale.control.Controlled.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.topology.ScaleException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class ControlServerTest {
  @TempDir Path temporary;

  @Test
  void only_the_owner_can_open_the_socket() throws Exception {
    Path folder = temporary.resolve(".cubit/up/shop");
    try (Controlled system = new Controlled(folder, Controlled::echo)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("control.sock"))).isEqualTo("rw-------");
      assertThat(system.raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void a_folder_that_others_could_enter_is_closed_to_them_first() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("shop"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Controlled system = new Controlled(folder, Controlled::echo)) {
      assertThat(permissions(system.folder)).isEqualTo("rwx------");
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_path_too_long_for_a_socket_has_it_elsewhere_and_clients_find_it() throws Exception {
    Path folder = temporary.resolve("a".repeat(90)).resolve("b".repeat(90));
    Path socket;
    try (Controlled system = new Controlled(folder, Controlled::echo);
        ControlClient client = system.client()) {
      socket = ControlSocket.of(folder);
      assertThat(socket.toString()).startsWith("/tmp/cubit-").hasSizeLessThan(100);
      assertThat(permissions(socket)).isEqualTo("rw-------");
      assertThat(permissions(socket.resolveSibling(""))).isEqualTo("rwx------");
      assertThat(client.get("/x").path("path").path(0).asString()).isEqualTo("x");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_shell_finds_that_place_as_well() throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("a+ ".repeat(40)).resolve("%"));
    String line =
        "echo /tmp/cubit-$(id -u)/$(printf %s \"$(realpath .cubit/up/shop)\" | sha256sum"
            + " | head -c 32).sock";
    assertThat(Path.of("../docs/control.md")).content().contains("\n" + line + "\n");
    Process shell =
        new ProcessBuilder("sh", "-c", line.replace(".cubit/up/shop", "."))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(shell.inputReader(StandardCharsets.UTF_8).readLine())
        .isEqualTo(ControlSocket.of(folder).toString());
    assertThat(shell.waitFor()).isZero();
  }

  @Test
  void two_folders_with_long_paths_do_not_share_a_socket() throws Exception {
    Path one = temporary.resolve("a".repeat(120));
    Path two = temporary.resolve("a".repeat(121));
    try (Controlled first = new Controlled(one, request -> Answer.of("one"));
        Controlled second = new Controlled(two, request -> Answer.of("two"));
        ControlClient ofFirst = first.client();
        ControlClient ofSecond = second.client()) {
      assertThat(ofFirst.get("/").asString()).isEqualTo("one");
      assertThat(ofSecond.get("/").asString()).isEqualTo("two");
    }
  }

  @Test
  void what_a_dead_process_has_left_is_replaced() throws Exception {
    Path socket = temporary.resolve("control.sock");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists(); // Java leaves it, as a killed process does
    try (Controlled system = new Controlled(temporary, Controlled::echo);
        ControlClient client = system.client()) {
      assertThat(client.get("/").isObject()).isTrue();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_living_process_keeps_its_socket() throws Exception {
    try (Controlled system = new Controlled(temporary, Controlled::echo);
        ControlClient client = system.client()) {
      assertThatThrownBy(() -> new Controlled(temporary, Controlled::echo))
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining("another process answers at");
      assertThat(client.get("/").isObject()).isTrue();
    }
  }

  @Test
  void a_folder_that_is_a_link_to_wherever_is_refused() throws Exception {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
    assertThatThrownBy(() -> new Controlled(link, Controlled::echo))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("is no folder of yours");
  }

  @Test
  void fifty_clients_are_answered_at_one_time() throws Exception {
    int clients = 50;
    CountDownLatch allAsked = new CountDownLatch(clients);
    try (Controlled system =
            new Controlled(
                temporary,
                request -> {
                  allAsked.countDown();
                  allAsked.await();
                  return Answer.of(request);
                });
        ControlClient client = system.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<JsonNode>> questions = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        String path = "/" + i;
        questions.add(() -> client.get(path));
      }
      List<Future<JsonNode>> answers = threads.invokeAll(questions);
      for (int i = 0; i < clients; i++) {
        assertThat(answers.get(i).get().path("path").path(0).asString()).isEqualTo("" + i);
      }
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void one_client_too_many_is_told_so_and_there_is_room_again_when_another_has_gone()
      throws Exception {
    ControlServer.Bounds bounds = new ControlServer.Bounds(2, LONG, LONG);
    try (Controlled system = new Controlled(temporary, Controlled::echo, bounds);
        SocketChannel one = system.connect();
        SocketChannel two = system.connect()) {
      assertThat(one.isConnected() && two.isConnected()).isTrue();
      try (SocketChannel three = system.connect()) {
        assertThat(Controlled.rest(three))
            .startsWith("HTTP/1.1 503 ")
            .contains("too many connections");
      }
      one.close();
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> system.raw("GET / HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
    }
  }

  @Test
  void a_connection_that_asks_nothing_or_not_to_the_end_is_closed() throws Exception {
    ControlServer.Bounds bounds = new ControlServer.Bounds(9, Duration.ofMillis(200), LONG);
    try (Controlled system = new Controlled(temporary, Controlled::echo, bounds);
        SocketChannel silent = system.connect();
        SocketChannel slow = system.connect()) {
      Controlled.write(slow, "POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n{");
      assertThat(Controlled.rest(silent)).isEmpty();
      assertThat(Controlled.rest(slow)).isEmpty();
    }
  }

  @Test
  void an_answer_that_takes_long_is_no_idle_connection() throws Exception {
    ControlServer.Bounds bounds = new ControlServer.Bounds(9, Duration.ofMillis(50), LONG);
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ControlHandler slow =
        request -> {
          asked.countDown();
          answer.await();
          return Answer.of("done");
        };
    try (Controlled system = new Controlled(temporary, slow, bounds);
        SocketChannel busy = system.connect();
        SocketChannel idle = system.connect()) {
      Controlled.write(busy, "GET / HTTP/1.1\r\nconnection: close\r\n\r\n");
      asked.await();
      assertThat(Controlled.rest(idle)).isEmpty(); // so the sweeper has been there
      answer.countDown();
      assertThat(Controlled.rest(busy)).endsWith("\"done\"\n");
    }
  }

  @Test
  void closing_lets_an_answer_end_and_takes_no_more() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    ControlHandler slow =
        request -> {
          asked.countDown();
          answer.await();
          return Answer.of("done");
        };
    try (Controlled system =
            new Controlled(temporary, slow, new ControlServer.Bounds(9, LONG, LONG));
        SocketChannel busy = system.connect();
        SocketChannel idle = system.connect()) {
      Controlled.write(busy, "GET / HTTP/1.1\r\n\r\n");
      asked.await();
      Thread closing = Thread.ofVirtual().start(system.server::close);
      assertThat(Controlled.rest(idle)).isEmpty();
      assertThatThrownBy(() -> ControlClient.of(temporary))
          .isInstanceOf(ScaleException.class)
          .hasMessageStartingWith("nothing runs here: no cubit up answers in ");
      answer.countDown();
      assertThat(Controlled.rest(busy)).endsWith("\"done\"\n");
      assertThat(closing.join(LONG)).isTrue();
    }
  }

  @Test
  void closing_does_not_wait_for_ever() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    ControlHandler stuck =
        request -> {
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return Answer.of("never");
        };
    Controlled system =
        new Controlled(temporary, stuck, new ControlServer.Bounds(9, LONG, Duration.ofMillis(100)));
    try (SocketChannel socket = system.connect()) {
      Controlled.write(socket, "GET / HTTP/1.1\r\n\r\n");
      asked.await();
      system.close();
      assertThat(Controlled.rest(socket)).isEmpty();
      interrupted.await();
      assertThat(system.bugs).isEmpty();
    }
  }

  @Test
  void it_can_be_closed_twice_and_opened_again() throws Exception {
    Controlled first = new Controlled(temporary, Controlled::echo);
    first.close();
    first.close();
    try (Controlled second = new Controlled(temporary, Controlled::echo);
        ControlClient client = second.client()) {
      assertThat(client.get("/").isObject()).isTrue();
    }
  }
}
