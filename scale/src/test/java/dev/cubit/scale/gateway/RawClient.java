package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;

/** One connection, on which a test sends and sees every byte. */
final class RawClient implements AutoCloseable {
  final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
  }

  /** A whole answer. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    /** The value of a field, "" without it; several joined by commas. */
    String field(String name) {
      return head.lines()
          .skip(1)
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(l -> l.substring(name.length() + 1).strip())
          .reduce((a, b) -> a + ", " + b)
          .orElse("");
    }
  }

  RawClient send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return this;
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a request and reads the answer. */
  Answer ask(String request) throws IOException {
    return send(request).answer(request.startsWith("HEAD "));
  }

  Answer get(String target) throws IOException {
    return ask("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n\r\n");
  }

  Answer answer() throws IOException {
    return answer(false);
  }

  Answer answer(boolean toHead) throws IOException {
    String head = head();
    Answer bare = new Answer(head, "");
    if (toHead || bare.status() < 200 || bare.status() == 204 || bare.status() == 304) {
      return bare;
    }
    InputStream in = socket.getInputStream();
    if (bare.field("transfer-encoding").equals("chunked")) {
      return new Answer(head, chunks());
    }
    String length = bare.field("content-length");
    byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    if (!length.isEmpty() && body.length < Integer.parseInt(length)) {
      throw new IOException("the answer ends after " + body.length + " bytes of " + length);
    }
    return new Answer(head, new String(body, ISO_8859_1));
  }

  /** The bytes of a chunked body as they are, trailers included. */
  String chunks() throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = line();
      all.append(line).append("\r\n");
      int size = Integer.parseInt(line.split(";", -1)[0], 16);
      if (size == 0) {
        String trailer;
        do {
          trailer = line();
          all.append(trailer).append("\r\n");
        } while (!trailer.isEmpty());
        return all.toString();
      }
      all.append(new String(socket.getInputStream().readNBytes(size), ISO_8859_1));
      all.append(line()).append("\r\n");
    }
  }

  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line;
    do {
      line = line();
      head.append(line).append("\r\n");
    } while (!line.isEmpty());
    return head.toString();
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = socket.getInputStream().read()) != '\n') {
      if (b < 0) {
        throw new IOException("the connection ended after '" + line.toString(ISO_8859_1) + "'");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  String read(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  /** All that still comes until the connection ends, also by a reset. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      int b;
      while ((b = socket.getInputStream().read()) >= 0) {
        all.write(b);
      }
    } catch (SocketException reset) {
      all.writeBytes("(reset)".getBytes(ISO_8859_1));
    }
    return all.toString(ISO_8859_1);
  }

  boolean isClosed() throws IOException {
    return rest().isEmpty();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
