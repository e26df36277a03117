package dev.cubit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ./cubit runs once after a build so that the JVM learns which classes and methods a command
 * needs (JEP 514): pages to read, short loads on a server of its own, and a system before that.
 * Writes nothing that stays.
 */
public final class Training {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private Training() {}

  /** Takes no words. */
  public static void main(String[] words) throws IOException, InterruptedException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, true, true, 100);
    Path page = Files.createTempFile("cubit-training", ".html");
    System.out.println(Version.text());
    int ignored = Cubit.run(List.of("--help"), terminal);
    ignored |= Cubit.run(List.of("baseline", "--help"), terminal);
    ignored |= Cubit.run(List.of("runs"), terminal);
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> accept(server));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      ignored |=
          Cubit.run(
              List.of(
                  "baseline", "-c", "4", "-d", "2", "--no-save", "--html", page.toString(), url),
              terminal);
      ignored |=
          Cubit.run(
              List.of("baseline", "-c", "4", "-R", "5000", "-W", "1s", "-d", "1", "--no-save", url),
              terminal);
      ignored |= up(url, terminal);
    } finally {
      Files.delete(page);
    }
    System.out.println(ignored == 0 ? "trained" : "trained on an error");
  }

  /** A system of one server that runs already, which many ask at once. */
  private static int up(String server, Terminal terminal) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("cubit-training");
    String file = folder.resolve("cubit.yaml").toString();
    String port = freePort();
    String address = server.substring(0, server.length() - 1);
    Files.writeString(
        Path.of(file),
        "gateway: { listen: %s }%nservices: { trained: { at: ['%s'], route: / } }%n"
            .formatted(port, address));
    Thread up = Thread.startVirtualThread(() -> runUp(file, terminal));
    awaitListening(port);
    String url = "http://127.0.0.1:" + port + "/";
    int ignored = 0;
    for (int i = 0; i < 3; i++) { // each time with new connections
      ignored |=
          Cubit.run(
              List.of("baseline", "-n", "-c", "64", "-W", "100ms", "-a", "5000", "--no-save", url),
              terminal);
    }
    ignored |= Cubit.run(List.of("ps", "-f", file), terminal);
    ignored |= Cubit.run(List.of("down", "-f", file), terminal);
    if (!up.join(Duration.ofSeconds(10))) {
      up.interrupt();
    }
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    return ignored;
  }

  private static void runUp(String file, Terminal terminal) {
    try {
      var _ = Cubit.run(List.of("up", "-f", file), terminal);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitListening(String port) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
        return;
      } catch (IOException e) {
        Thread.sleep(100); // not yet
      }
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(any.getLocalPort());
    }
  }

  private static void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** Each read is one request: small ones that are not pipelined. */
  private static void answer(Socket client) {
    byte[] request = new byte[4096];
    try (client) {
      while (client.getInputStream().read(request) > 0) {
        client.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
