package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.pkitesting.X509Bundle;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server that keeps every whole request it was sent, byte by byte as it came, and answers what a
 * test wants, byte by byte as well.
 */
final class Backend implements AutoCloseable {
  /** A request with all of its body. */
  record Seen(String head, String body, int connection) {
    String line() {
      return head.lines().findFirst().orElse("");
    }

    /** The value of a field, "" without it; lines of one name are joined by a bar. */
    String field(String name) {
      return head.lines()
          .skip(1)
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(l -> l.substring(name.length() + 1).strip())
          .reduce((a, b) -> a + "|" + b)
          .orElse("");
    }
  }

  /** Answers one request; false ends the connection. */
  interface Answering {
    boolean answer(Seen request, Talk talk) throws Exception;
  }

  /** One connection, as an answer may use it. */
  record Talk(Socket socket, InputStream in, OutputStream out) {
    void say(String bytes) throws IOException {
      out.write(bytes.getBytes(ISO_8859_1));
      out.flush();
    }
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private final ServerSocket server;
  private final Thread accepting;
  private volatile Answering answering;

  private Backend(Answering answering) throws IOException {
    this(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), answering);
  }

  private Backend(ServerSocket server, Answering answering) {
    this.answering = answering;
    this.server = server;
    accepting = Thread.ofVirtual().start(this::accept);
  }

  /** One that answers each request with 200 and a text. */
  static Backend saying(String text) throws IOException {
    return new Backend(
        (request, talk) -> {
          talk.say(ok(request.line().startsWith("HEAD ") ? "" : text));
          return true;
        });
  }

  /** One that does so over TLS. */
  static Backend secure(X509Bundle bundle, String text) throws Exception {
    KeyManagerFactory keys = bundle.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    return new Backend(
        socket,
        (request, talk) -> {
          talk.say(ok(text));
          return true;
        });
  }

  /**
   * One that answers each request with 200 and a text, when it may.
   *
   * @param asked is told of each request
   */
  static Backend waiting(CountDownLatch asked, CountDownLatch go, String text) throws IOException {
    return of(
        (request, talk) -> {
          asked.countDown();
          go.await();
          talk.say(ok(text));
          return true;
        });
  }

  /** One that answers each request with these bytes. */
  static Backend answering(String bytes) throws IOException {
    return new Backend(
        (request, talk) -> {
          talk.say(bytes);
          return true;
        });
  }

  static Backend of(Answering answering) throws IOException {
    return new Backend(answering);
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  void answer(Answering next) {
    answering = next;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int number = connections.incrementAndGet();
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Talk talk = new Talk(socket, in, socket.getOutputStream());
      while (true) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        Seen bare = new Seen(head, "", number);
        Answering by = answering;
        Seen whole =
            bare.field("expect").isEmpty() && bare.field("upgrade").isEmpty()
                ? new Seen(head, body(bare, in), number)
                : bare;
        seen.add(whole);
        if (!by.answer(whole, talk)) {
          return;
        }
      }
    } catch (Exception ended) {
      // by the gateway, or by the test
    } finally {
      open.decrementAndGet();
    }
  }

  static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
    }
    return head.toString(ISO_8859_1);
  }

  static String body(Seen request, InputStream in) throws IOException {
    if (!request.field("transfer-encoding").isEmpty()) {
      StringBuilder all = new StringBuilder();
      while (true) {
        String line = line(in);
        all.append(line).append("\r\n");
        int size = Integer.parseInt(line.split(";", -1)[0], 16);
        if (size == 0) {
          String trailer;
          do {
            trailer = line(in);
            all.append(trailer).append("\r\n");
          } while (!trailer.isEmpty());
          return all.toString();
        }
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size) {
          throw new IOException("the request ends within a chunk");
        }
        all.append(new String(chunk, ISO_8859_1)).append(line(in)).append("\r\n");
      }
    }
    String length = request.field("content-length");
    if (length.isEmpty()) {
      return "";
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new IOException("the request ends within its body");
    }
    return new String(body, ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        throw new IOException("the request ends within a line");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // a virtual thread in accept wakes up later, and would take one more client that comes until
      // then
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
