package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * One buffer for all that an event loop reads: where a transport asks for a buffer only when there
 * is something to read, and what was read is passed on or copied at once, the next read can have
 * the same. Parts that somebody still holds are left to them, and another one is taken. Idle
 * connections cost nothing. Owned by an event loop. Hot path.
 */
@SuppressWarnings("deprecation") // Netty's only way to name the buffer that is read into
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int BYTES = 64 << 10;

  private @Nullable ByteBuf own;

  @Override
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return BYTES;
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return take(allocator);
      }
    };
  }

  private ByteBuf take(ByteBufAllocator allocator) {
    ByteBuf buffer = own;
    if (buffer == null || buffer.refCnt() > 1) {
      release();
      buffer = allocator.directBuffer(BYTES, BYTES);
      own = buffer;
    }
    buffer.setIndex(0, 0);
    return buffer.retain();
  }

  /** When the loop ends. */
  void release() {
    if (own != null) {
      own.release();
      own = null;
    }
  }
}
