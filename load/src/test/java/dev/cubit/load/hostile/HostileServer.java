package dev.cubit.load.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a free port that does to each connection what a test says, on a thread of its own.
 */
final class HostileServer implements AutoCloseable {
  /** What is done to a connection; it is closed when this returns. */
  @FunctionalInterface
  interface Script {
    void run(Client client) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  private HostileServer(ServerSocket server) {
    this.server = server;
  }

  static HostileServer that(Script script) throws IOException {
    HostileServer hostile =
        new HostileServer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().start(() -> hostile.accept(script));
    return hostile;
  }

  /** Reads each request to the end of its head, and answers it with these bytes. */
  static HostileServer answering(String response) throws IOException {
    return that(
        client -> {
          while (client.readHead()) {
            client.write(response);
          }
        });
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.add(socket);
        if (server.isClosed()) {
          socket.close(); // too late for close() to have seen it
        }
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Script script) {
    try (socket) {
      socket.setTcpNoDelay(true);
      script.run(new Client(socket));
    } catch (IOException e) {
      // the other side has closed, as it may
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  int accepted() {
    return accepted.get();
  }

  int port() {
    return server.getLocalPort();
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One connection, as the server sees it. */
  static final class Client {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Client(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
      this.out = socket.getOutputStream();
    }

    /** Reads to the empty line that ends a head; false where the connection has ended. */
    boolean readHead() throws IOException {
      return !readHeadText().isEmpty();
    }

    String readHeadText() throws IOException {
      StringBuilder head = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        head.append((char) c);
        if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
          return head.toString();
        }
      }
      return "";
    }

    String readBody(int length) throws IOException {
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void write(byte[] bytes, int from, int to) throws IOException {
      out.write(bytes, from, to - from);
      out.flush();
    }

    /** Ends with RST instead of FIN. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits until the other side closes, reading nothing into account. */
    void waitForEnd() throws IOException {
      while (in.read() >= 0) {
        // whatever comes
      }
    }
  }
}
