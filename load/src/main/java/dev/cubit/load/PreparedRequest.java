package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A request made ready to be written as often as the load wants. One without placeholders is bytes,
 * made once and shared; one with them is written anew each time. Owned by its loop's thread.
 */
final class PreparedRequest {
  /** Up to here a copy for each connection is cheaper than sharing. */
  private static final int SMALL = 4096;

  private final Request request;
  private final Values values;
  private final Template head;
  private final Template body;
  private final boolean framed;
  private final boolean chunked;
  private final Optional<ByteBuf> shared;
  private final Http2Request http2;

  /**
   * Prepares a request.
   *
   * @param closes the connection ends after it, and it says so
   */
  PreparedRequest(Request request, Optional<Variables> variables, Values values, boolean closes)
      throws LoadException {
    this.request = request;
    this.values = values;
    this.chunked = has("transfer-encoding");
    this.framed =
        !has("content-length")
            && !chunked
            && (request.body().length > 0 || expectsBody(request.method()));
    this.head = Template.of(head(closes), variables);
    this.body = Template.of(request.body(), variables);
    this.http2 = new Http2Request(request, variables, values);
    if (head.constant() && body.constant()) {
      ByteBuf once = Unpooled.directBuffer(256 + request.body().length);
      write(once);
      this.shared = Optional.of(once.asReadOnly());
    } else {
      this.shared = Optional.empty();
    }
  }

  Request request() {
    return request;
  }

  boolean isHead() {
    return request.method().equals("HEAD");
  }

  Http2Request http2() {
    return http2;
  }

  /** The bytes of a small request that is always the same; not to be changed. */
  Optional<ByteBuf> constant() {
    return shared.filter(bytes -> bytes.readableBytes() <= SMALL);
  }

  /** The next request's HTTP/1.1 bytes, owned by the caller. */
  ByteBuf next(ByteBufAllocator allocator) {
    if (shared.isPresent()) {
      return shared.get().retainedDuplicate();
    }
    ByteBuf out = allocator.directBuffer(512);
    values.advance();
    write(out);
    return out;
  }

  void release() {
    shared.ifPresent(ByteBuf::release);
  }

  private static boolean expectsBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private boolean has(String header) {
    return request.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase(header));
  }

  private byte[] head(boolean closes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    line(out, request.method() + " " + request.target() + " HTTP/1.1");
    if (!has("host")) {
      line(out, "Host: " + request.origin().getRawAuthority());
    }
    if (closes && !has("connection")) {
      line(out, "Connection: close");
    }
    for (Header header : request.headers()) {
      line(out, header.name() + ": " + header.value());
    }
    return out.toByteArray();
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.write('\r');
    out.write('\n');
  }

  private static final byte[] LENGTH = "Content-Length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private void write(ByteBuf out) {
    head.write(out, values);
    if (!framed && !chunked) {
      out.writeBytes(LINE_END);
      body.write(out, values);
      return;
    }
    if (body.constant()) {
      frame(out, request.body().length);
      body.write(out, values);
    } else {
      ByteBuf filled = out.alloc().directBuffer(request.body().length + 64);
      try {
        body.write(filled, values);
        frame(out, filled.readableBytes());
        out.writeBytes(filled);
      } finally {
        filled.release();
      }
    }
    if (chunked) {
      out.writeBytes(request.body().length == 0 ? new byte[0] : LINE_END);
      out.writeBytes(LAST_CHUNK);
    }
  }

  private void frame(ByteBuf out, int length) {
    if (framed) {
      out.writeBytes(LENGTH);
      Values.writeNumber(out, length);
      out.writeBytes(END);
    } else {
      out.writeBytes(LINE_END);
      if (length > 0) {
        out.writeCharSequence(
            Integer.toHexString(length).toLowerCase(Locale.ROOT), StandardCharsets.US_ASCII);
        out.writeBytes(LINE_END);
      }
    }
  }
}
