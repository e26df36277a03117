package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * What other servers ask: it takes its time for each answer and next to no CPU. A line that begins
 * with {@code GET} is HTTP, any other line is a question that is answered by a line.
 */
final class Backend {
  private static final String BODY = "{\"stock\":17}";
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private final Duration delay;

  private Backend(Duration delay) {
    this.delay = delay;
  }

  /** Serves until the process ends. */
  static int start(Duration delay) throws IOException {
    var listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    var backend = new Backend(delay);
    Thread.ofPlatform().name("accept").start(() -> backend.accept(listener));
    return listener.getLocalPort();
  }

  private void accept(ServerSocket listener) {
    try (listener) {
      while (true) {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> converse(socket));
      }
    } catch (IOException e) {
      System.err.println("zoo: the backend no longer accepts: " + e.getMessage());
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      var out = socket.getOutputStream();
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        boolean http = line.startsWith("GET ");
        while (http && !line.isEmpty()) {
          line = in.readLine();
          if (line == null) {
            return;
          }
        }
        Thread.sleep(delay);
        out.write((http ? ANSWER : "17\n").getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      // The client has gone: so do we.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
