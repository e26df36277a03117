package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Takes a head from buffers as they come. One that comes whole, as nearly all do, is read from the
 * loop's array; of others the bytes are kept here until the rest has come. Hot path.
 */
final class HeadReader {
  /** More is copied only where that does not have the end. */
  private static final int FIRST_LOOK = 2048;

  private byte[] partial = new byte[0];
  private int length;

  /**
   * Reads up to the end of a head.
   *
   * @param scratch as long as a head may be
   * @return false where all bytes were taken and more are needed
   */
  boolean read(ByteBuf in, Head head, byte[] scratch) throws BadMessage {
    if (length == 0) {
      int end = look(in, head, scratch, Math.min(in.readableBytes(), FIRST_LOOK));
      if (end == Head.INCOMPLETE && in.readableBytes() > FIRST_LOOK) {
        end = look(in, head, scratch, Math.min(in.readableBytes(), head.maxBytes()));
      }
      if (end != Head.INCOMPLETE) {
        in.skipBytes(end);
        return true;
      }
    }
    int before = length;
    append(in, head.maxBytes());
    int end = before == 0 ? Head.INCOMPLETE : head.parseWithLines(partial, before, length);
    if (end == Head.INCOMPLETE) {
      in.skipBytes(length - before);
      return false;
    }
    in.skipBytes(end - before);
    length = 0;
    return true;
  }

  private static int look(ByteBuf in, Head head, byte[] scratch, int n) throws BadMessage {
    in.getBytes(in.readerIndex(), scratch, 0, n);
    return head.parse(scratch, 0, n);
  }

  private void append(ByteBuf in, int most) {
    int n = Math.min(in.readableBytes(), most - length);
    if (partial.length < length + n) {
      partial = Arrays.copyOf(partial, Math.min(most, Math.max(1024, 2 * (length + n))));
    }
    in.getBytes(in.readerIndex(), partial, length, n);
    length += n;
  }

  /** Whether a part of a head has come. */
  boolean hasBegun() {
    return length > 0;
  }

  /** Forgets what has come. */
  void clear() {
    length = 0;
  }

  /** Gives back what a long head has taken. */
  void shrink() {
    if (length == 0) {
      partial = new byte[0];
    }
  }
}
