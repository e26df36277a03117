package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;

/**
 * Takes content and trailers out of chunks. It asks no questions: what it gets was looked through
 * by a {@link Body}. Hot path.
 *
 * <pre>
 *   SIZE ── line ends ──► CONTENT ──► CONTENT_END ──► SIZE
 *     │ of 0
 *     └──► TRAILERS ── empty line ──► DONE
 * </pre>
 */
final class Dechunker {
  private enum State {
    SIZE,
    CONTENT,
    CONTENT_END,
    TRAILERS,
    DONE
  }

  private final Http2Headers trailers = new DefaultHttp2Headers(false);
  private State state = State.SIZE;
  private boolean inExtension;
  private long size;
  private byte[] line = new byte[0];
  private int length;

  boolean isDone() {
    return state == State.DONE;
  }

  /** Names in lower case; complete when it is done. */
  Http2Headers trailers() {
    return trailers;
  }

  /**
   * Skips what is no content.
   *
   * @return so many bytes of content come next, which the caller takes; 0: there is none yet, or no
   *     more
   */
  int next(ByteBuf in) {
    while (in.isReadable() && state != State.DONE) {
      if (state == State.CONTENT) {
        int n = (int) Math.min(size, in.readableBytes());
        size -= n;
        state = size == 0 ? State.CONTENT_END : State.CONTENT;
        return n;
      }
      framing(in.readByte());
    }
    return 0;
  }

  private void framing(byte b) {
    switch (state) {
      case SIZE -> {
        if (b == '\n') {
          state = size == 0 ? State.TRAILERS : State.CONTENT;
          inExtension = false;
        } else if (b == ';') {
          inExtension = true;
        } else if (!inExtension && Bytes.hex(b) >= 0) {
          size = size << 4 | Bytes.hex(b);
        }
      }
      case CONTENT_END -> state = b == '\n' ? State.SIZE : State.CONTENT_END;
      default -> trailer(b);
    }
  }

  private void trailer(byte b) {
    if (b == '\r') {
      return;
    }
    if (b != '\n') {
      if (length == line.length) {
        line = Arrays.copyOf(line, Math.max(128, 2 * length));
      }
      line[length++] = b;
    } else if (length == 0) {
      state = State.DONE;
    } else {
      field();
      length = 0;
    }
  }

  private void field() {
    int colon = 0;
    while (colon < length && line[colon] != ':') {
      colon++;
    }
    int from = Math.min(length, colon + 1);
    int to = length;
    while (from < to && Bytes.isBlank(line[from])) {
      from++;
    }
    while (to > from && Bytes.isBlank(line[to - 1])) {
      to--;
    }
    trailers.add(
        new AsciiString(line, 0, colon, true).toLowerCase(),
        new AsciiString(line, from, to - from, true));
  }
}
