package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One thread that selects, reads, works and writes; it knows just enough HTTP for a GET. */
final class SelectorStack implements Stack {
  private static final String END = "\r\n\r\n";

  @Override
  public int serve(int port, Work work) throws IOException {
    var selector = Selector.open();
    var listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    Thread.ofPlatform().name("front").start(() -> run(selector, listener, work));
    return listener.socket().getLocalPort();
  }

  private static void run(Selector selector, ServerSocketChannel listener, Work work) {
    try {
      while (true) {
        selector.select();
        for (var key : selector.selectedKeys()) {
          if (key.isAcceptable()) {
            var client = listener.accept();
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(8192));
          } else {
            serve(key, work);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      System.err.println("zoo: the server no longer selects: " + e.getMessage());
    }
  }

  private static void serve(SelectionKey key, Work work) throws IOException {
    var client = (SocketChannel) key.channel();
    var buffer = (ByteBuffer) key.attachment();
    try {
      if (client.read(buffer) < 0) {
        client.close();
        return;
      }
      var text = ISO_8859_1.decode(buffer.flip()).toString();
      for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END)) {
        answer(client, work.answer(query(text)));
        text = text.substring(end + END.length());
      }
      buffer.clear().put(text.getBytes(ISO_8859_1));
    } catch (Exception e) {
      client.close();
    }
  }

  /** Of {@code GET /path?query HTTP/1.1}. */
  private static String query(String head) {
    var target = head.substring(0, head.indexOf('\r')).split(" ", 3)[1];
    return target.substring(target.indexOf('?') + 1);
  }

  /** Small enough for the socket to take it at once. */
  private static void answer(SocketChannel client, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    var head = "HTTP/1.1 200 OK\r\nContent-Length: " + bytes.length + END;
    client.write(
        new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(ISO_8859_1)), ByteBuffer.wrap(bytes)});
  }
}
