package dev.cubit.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** One connection, on which a test sees every byte of head and body. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
  }

  /** Sends what is given and reads one response with a body as long as its content-length says. */
  public String exchange(String request) throws IOException {
    send(request);
    var head = head();
    return head + new String(socket.getInputStream().readNBytes(length(head)), ISO_8859_1);
  }

  public void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** Reads as far as the empty line. */
  public String head() throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      assertThat(next).as("a byte after: %s", head).isNotNegative();
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  public byte[] body(int bytes) throws IOException {
    return socket.getInputStream().readNBytes(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  public static int length(String head) {
    return head.lines()
        .filter(line -> line.startsWith("content-length: "))
        .mapToInt(line -> Integer.parseInt(line.substring(16)))
        .sum();
  }
}
