package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A system's folder with a server in it that answers as the test says, and ways to ask it. */
final class Controlled implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(30);

  final List<Throwable> bugs = new CopyOnWriteArrayList<>();
  final Path folder;
  final ControlServer server;

  Controlled(Path folder, ControlHandler handler) throws ScaleException {
    this(folder, handler, ControlServer.Bounds.USUAL);
  }

  Controlled(Path folder, ControlHandler handler, ControlServer.Bounds bounds)
      throws ScaleException {
    this.folder = folder;
    this.server = ControlServer.open(folder, handler, bugs::add, bounds);
  }

  /** Tells what it was asked. */
  static Answer echo(ControlRequest request) {
    return Answer.of(request);
  }

  ControlClient client() throws ScaleException {
    return ControlClient.of(folder);
  }

  SocketChannel connect() throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    socket.connect(UnixDomainSocketAddress.of(ControlSocket.of(folder)));
    return socket;
  }

  /** Sends this and nothing more, and reads to the end. */
  String raw(String bytes) throws IOException {
    try (SocketChannel socket = connect()) {
      write(socket, bytes);
      socket.shutdownOutput();
      return rest(socket);
    }
  }

  static void write(SocketChannel socket, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  static String rest(SocketChannel socket) throws IOException {
    StringBuilder all = new StringBuilder();
    ByteBuffer in = ByteBuffer.allocate(4096);
    while (socket.read(in.clear()) >= 0) {
      all.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
    }
    return all.toString();
  }

  /** Reads until this has come. */
  static String until(SocketChannel socket, String end) throws IOException {
    StringBuilder all = new StringBuilder();
    ByteBuffer in = ByteBuffer.allocate(4096);
    while (all.indexOf(end) < 0) {
      if (socket.read(in.clear()) < 0) {
        throw new IOException("no " + end + " in " + all);
      }
      all.append(StandardCharsets.ISO_8859_1.decode(in.flip()));
    }
    return all.toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
