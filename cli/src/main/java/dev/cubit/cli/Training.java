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
import java.util.List;

/**
 * What ./cubit runs once after a build so that the JVM learns which classes and methods a command
 * needs (JEP 514): pages to read, and short loads on a server of its own. Writes nothing that
 * stays.
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
    } finally {
      Files.delete(page);
    }
    System.out.println(ignored == 0 ? "trained" : "trained on an error");
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
