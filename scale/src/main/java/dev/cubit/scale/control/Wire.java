package dev.cubit.scale.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * HTTP/1.1 on a blocking socket: Netty's codec knows the bytes, this feeds it. One thread at a time
 * reads or writes; {@link #awaitEnd} is beside the codec, and so may be called while another
 * writes.
 */
final class Wire implements AutoCloseable {
  private static final int READ_BYTES = 16 << 10;

  private final SocketChannel socket;
  private final EmbeddedChannel codec;
  private final ByteBuffer in = ByteBuffer.allocate(READ_BYTES);

  Wire(SocketChannel socket, ChannelHandler codec) {
    this.socket = socket;
    this.codec = new EmbeddedChannel();
    // Heap buffers that the collector takes: pools of a virtual thread would live as long as it.
    this.codec.config().setAllocator(new UnpooledByteBufAllocator(false, true));
    this.codec.pipeline().addLast(codec);
  }

  /** The next part of a message; empty where the other side has ended. */
  Optional<HttpObject> read() throws IOException {
    while (true) {
      HttpObject next = codec.readInbound();
      if (next != null) {
        return Optional.of(next);
      }
      if (socket.read(in.clear()) < 0) {
        return Optional.empty();
      }
      codec.writeInbound(Unpooled.copiedBuffer(in.flip()));
    }
  }

  /** In one go: a chunk is three buffers, and who leaves having read the second has read it. */
  void write(HttpObject message) throws IOException {
    codec.writeOutbound(message);
    List<ByteBuf> parts = new ArrayList<>();
    for (ByteBuf part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
      parts.add(part);
    }
    ByteBuf all = Unpooled.wrappedBuffer(parts.toArray(ByteBuf[]::new));
    ByteBuffer[] bytes = all.nioBuffers();
    while (Arrays.stream(bytes).anyMatch(ByteBuffer::hasRemaining)) {
      socket.write(bytes);
    }
    all.release();
  }

  /** Beside the codec. */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  /**
   * Returns when the other side has ended, however it did.
   *
   * @param atMostBytes what it may send until then
   */
  void awaitEnd(long atMostBytes) {
    ByteBuffer ignored = ByteBuffer.allocate(READ_BYTES);
    long left = atMostBytes;
    try {
      while (left > 0) {
        int read = socket.read(ignored.clear());
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException e) {
      // that is an end as well
    }
  }

  /** Nothing more will be written: who waits for the end of an answer has it. */
  void endWriting() throws IOException {
    socket.shutdownOutput();
  }

  /** From any thread; who reads or writes ends with an exception. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
