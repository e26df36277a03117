package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stream of HTTP/2 (RFC 9113) as the bytes of HTTP/1.1, in both directions: what is behind it
 * in the stream's pipeline speaks HTTP/1.1 and knows nothing of streams. So all rules of the
 * gateway hold for HTTP/2 as well, and are there once.
 *
 * <pre>
 *   frames ──► HEADERS ──► DATA* ──► (HEADERS) ──► bytes: head, chunks or as long as it says, trailers
 *   bytes  ──► head (1xx)* ──► body ─────────────► HEADERS, DATA*, (HEADERS with trailers)
 * </pre>
 *
 * <p>What would be two messages, or another one, when it is written as text is malformed, and ends
 * the stream (RFC 9113, sections 8.1.1 and 8.2): control characters, spaces in names, fields of the
 * connection, a Content-Length that is not the length of the DATA. Flow control is the stream
 * channel's: who does not read gives no window.
 */
abstract class StreamTranslator extends ChannelDuplexHandler {
  private static final byte[] CONTENT_LENGTH = Bytes.of("content-length: ");
  private static final byte[] CHUNKED = Bytes.of("transfer-encoding: chunked\r\n");
  private static final byte[] LAST_CHUNK = Bytes.of("0\r\n");
  private static final AsciiString GRPC = AsciiString.cached("application/grpc");
  private static final int MOST_FRAMING = 32;

  /** How the end of a body is known. */
  private enum Framing {
    NO_HEAD_YET,
    LENGTH,
    CHUNKED,
    UNTIL_END,
    OVER
  }

  /** What has no translation. Without a stack trace, as it is what strangers send. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
      super(what, null, false, false);
    }
  }

  final Worker worker;

  // frames to bytes
  private Framing in = Framing.NO_HEAD_YET;
  private long inLeft;
  private @Nullable ByteBuf last;

  // bytes to frames
  private final HeadReader heads = new HeadReader();
  private @Nullable Dechunker chunks;
  private Framing out = Framing.NO_HEAD_YET;
  private long outLeft;

  private boolean closing;

  StreamTranslator(Worker worker) {
    this.worker = worker;
  }

  // ---- frames to bytes

  /** Writes start line and fields of a head into the loop's {@link Outgoing}. */
  abstract Framed readHead(Http2Headers headers, boolean ends) throws Malformed;

  /**
   * How what was read goes on.
   *
   * @param contentLength that it says; -1: none
   * @param hasBody whether DATA may come
   * @param isFinal whether it is the last head
   */
  record Framed(long contentLength, boolean hasBody, boolean isFinal) {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame headers when in == Framing.NO_HEAD_YET ->
            head(ctx, headers.headers(), headers.isEndStream());
        case Http2HeadersFrame headers -> trailers(ctx, headers.headers(), headers.isEndStream());
        case Http2DataFrame data -> data(ctx, data.content(), data.isEndStream());
        default -> {} // priorities, and frames of kinds unknown
      }
    } catch (Malformed e) {
      end(ctx, Http2Error.PROTOCOL_ERROR);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(ChannelHandlerContext ctx, Http2Headers headers, boolean ends)
      throws Malformed {
    Outgoing head = worker.outgoing;
    head.clear();
    Framed framed = readHead(headers, ends);
    if (framed.isFinal) {
      in = ends ? Framing.OVER : framed.contentLength >= 0 ? Framing.LENGTH : Framing.CHUNKED;
      inLeft = framed.contentLength;
      if (ends && framed.hasBody && framed.contentLength > 0) {
        throw new Malformed("the DATA is shorter than Content-Length");
      }
      if (framed.contentLength >= 0) {
        head.put(CONTENT_LENGTH).put(framed.contentLength).put(Bytes.CRLF);
      } else if (!ends) {
        head.put(CHUNKED);
      }
    } else if (ends) {
      throw new Malformed("a 1xx is the last answer");
    }
    head.put(Bytes.CRLF);
    pass(ctx);
  }

  /** Hands on what is in the loop's {@link Outgoing}. */
  private void pass(ChannelHandlerContext ctx) {
    Outgoing from = worker.outgoing;
    ctx.fireChannelRead(worker.buffer(from.length).writeBytes(from.bytes, 0, from.length));
  }

  private void data(ChannelHandlerContext ctx, ByteBuf content, boolean ends) throws Malformed {
    int n = content.readableBytes();
    switch (in) {
      case LENGTH -> {
        inLeft -= n;
        if (inLeft < 0 || (ends && inLeft > 0)) {
          throw new Malformed("the DATA is not as long as Content-Length");
        }
        if (inLeft == 0 && n > 0 && !ends) {
          // else it would be a whole message behind this, whatever still comes
          last = content.retain();
          return;
        }
        in = ends ? Framing.OVER : in;
        if (n > 0) {
          ctx.fireChannelRead(content.retain());
        }
        if (ends) {
          passLast(ctx);
        }
      }
      case CHUNKED -> {
        in = ends ? Framing.OVER : in;
        if (n > 0 || ends) {
          ctx.fireChannelRead(chunk(content, n, ends));
        }
      }
      default -> throw new Malformed("DATA comes where there is none");
    }
  }

  private void passLast(ChannelHandlerContext ctx) {
    ByteBuf bytes = last;
    last = null;
    if (bytes != null) {
      ctx.fireChannelRead(bytes);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (last != null) {
      last.release();
      last = null;
    }
  }

  private ByteBuf chunk(ByteBuf content, int n, boolean ends) {
    ByteBuf chunk = worker.buffer(n + MOST_FRAMING);
    if (n > 0) {
      chunk.writeCharSequence(Integer.toHexString(n), java.nio.charset.StandardCharsets.US_ASCII);
      chunk.writeBytes(Bytes.CRLF).writeBytes(content).writeBytes(Bytes.CRLF);
    }
    if (ends) {
      chunk.writeBytes(LAST_CHUNK).writeBytes(Bytes.CRLF);
    }
    return chunk;
  }

  private void trailers(ChannelHandlerContext ctx, Http2Headers headers, boolean ends)
      throws Malformed {
    if (!ends || in == Framing.OVER || (in == Framing.LENGTH && inLeft > 0)) {
      throw new Malformed("fields come where there are none");
    }
    boolean chunked = in == Framing.CHUNKED;
    in = Framing.OVER;
    Outgoing last = worker.outgoing;
    last.clear();
    last.put(LAST_CHUNK);
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      AsciiString name = name(field.getKey());
      byte id = FieldName.of(name.array(), name.arrayOffset(), name.arrayOffset() + name.length());
      if (!FieldName.isForbiddenInTrailers(id)) {
        field(last, name, field.getValue());
      }
    }
    last.put(Bytes.CRLF);
    if (chunked) {
      pass(ctx);
    } else { // where there is no place for them
      passLast(ctx);
    }
  }

  /** A field's name as it may be: no pseudo-header, and in small letters. */
  static AsciiString name(CharSequence text) throws Malformed {
    AsciiString name = AsciiString.of(text);
    for (int i = 0; i < name.length(); i++) {
      byte b = name.byteAt(i);
      if (!Bytes.isToken(b) || (b >= 'A' && b <= 'Z')) {
        throw new Malformed("a name has a byte that names have not");
      }
    }
    if (name.isEmpty()) {
      throw new Malformed("a name is empty");
    }
    return name;
  }

  /** A value as it may be. */
  static AsciiString value(CharSequence text) throws Malformed {
    AsciiString value = AsciiString.of(text);
    int n = value.length();
    for (int i = 0; i < n; i++) {
      if (!Bytes.isValue(value.byteAt(i))) {
        throw new Malformed("a value has a control character");
      }
    }
    if (n > 0 && (Bytes.isBlank(value.byteAt(0)) || Bytes.isBlank(value.byteAt(n - 1)))) {
      throw new Malformed("a value begins or ends with a blank");
    }
    return value;
  }

  static void field(Outgoing to, AsciiString name, CharSequence text) throws Malformed {
    put(to, name).put(':').put(' ');
    put(to, value(text)).put(Bytes.CRLF);
  }

  static Outgoing put(Outgoing to, AsciiString text) {
    int from = text.arrayOffset();
    return to.put(text.array(), from, from + text.length());
  }

  static long contentLength(CharSequence text, long before) throws Malformed {
    AsciiString digits = AsciiString.of(text);
    if (before >= 0 || digits.isEmpty() || digits.length() > 18) {
      throw new Malformed("Content-Length is there twice, or no number");
    }
    long length = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (!Bytes.isDigit(digits.byteAt(i))) {
        throw new Malformed("Content-Length is no number");
      }
      length = length * 10 + (digits.byteAt(i) - '0');
    }
    return length;
  }

  /** Fields that are the connection's own have no place in a stream (RFC 9113, section 8.2.2). */
  static boolean isOfConnection(byte id, AsciiString name) {
    return switch (id) {
      case FieldName.CONNECTION,
          FieldName.KEEP_ALIVE,
          FieldName.TRANSFER_ENCODING,
          FieldName.UPGRADE ->
          true;
      case FieldName.HOP -> name.contentEquals("proxy-connection");
      default -> false;
    };
  }

  // ---- bytes to frames

  /** The head that is read next. */
  abstract Head nextHead();

  /** Makes the frame of a head that has come, and says how its body ends. */
  abstract Headed writeHead(Head head, ByteBuf rest);

  /**
   * A head as a frame.
   *
   * @param hasBody whether something may follow
   * @param isFinal whether it is the last head
   */
  record Headed(Http2Headers headers, boolean hasBody, boolean isFinal) {}

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!bytes.isReadable() && out == Framing.UNTIL_END) {
        // an empty buffer is the last that is written: the end that is a close elsewhere
        out = Framing.OVER;
        ctx.write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
      }
      while (bytes.isReadable() && out != Framing.OVER) {
        step(ctx, bytes);
      }
    } catch (BadMessage e) {
      worker.bug(e); // it was put together here
      end(ctx, Http2Error.INTERNAL_ERROR);
    } finally {
      bytes.release();
      promise.trySuccess();
    }
  }

  private void step(ChannelHandlerContext ctx, ByteBuf bytes) throws BadMessage {
    switch (out) {
      case NO_HEAD_YET -> {
        Head head = nextHead();
        if (heads.read(bytes, head, worker.multiplexing.scratch())) {
          begin(ctx, head, writeHead(head, bytes));
        }
      }
      case LENGTH -> {
        int n = (int) Math.min(outLeft, bytes.readableBytes());
        outLeft -= n;
        out = outLeft == 0 ? Framing.OVER : out;
        ctx.write(new DefaultHttp2DataFrame(bytes.readRetainedSlice(n), outLeft == 0));
      }
      case CHUNKED -> dechunk(ctx, bytes);
      default ->
          ctx.write(
              new DefaultHttp2DataFrame(bytes.readRetainedSlice(bytes.readableBytes()), false));
    }
  }

  private void begin(ChannelHandlerContext ctx, Head head, Headed as) {
    boolean ends = as.isFinal && (!as.hasBody || head.contentLength == 0);
    if (as.isFinal) {
      outLeft = head.contentLength;
      out =
          ends
              ? Framing.OVER
              : head.chunked
                  ? Framing.CHUNKED
                  : head.contentLength > 0 ? Framing.LENGTH : Framing.UNTIL_END;
    }
    ctx.write(new DefaultHttp2HeadersFrame(as.headers, ends));
  }

  private void dechunk(ChannelHandlerContext ctx, ByteBuf bytes) {
    Dechunker from = chunks;
    if (from == null) {
      from = new Dechunker();
      chunks = from;
    }
    int n = from.next(bytes);
    if (n > 0) {
      ctx.write(new DefaultHttp2DataFrame(bytes.readRetainedSlice(n), false));
    } else if (from.isDone()) {
      out = Framing.OVER;
      ctx.write(
          from.trailers().isEmpty()
              ? new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true)
              : new DefaultHttp2HeadersFrame(from.trailers(), true));
    }
  }

  /** All fields that are not the connection's own. */
  static void fields(Head head, Http2Headers to) {
    byte[] b = head.bytes;
    for (int i = 0; i < head.count; i++) {
      switch (head.ids[i]) {
        case FieldName.CONNECTION,
            FieldName.TRANSFER_ENCODING,
            FieldName.UPGRADE,
            FieldName.KEEP_ALIVE,
            FieldName.TE,
            FieldName.HOST,
            FieldName.HOP,
            FieldName.NAMED_BY_CONNECTION -> {}
        default ->
            to.add(
                lowerCase(b, head.nameFrom[i], head.nameTo[i]),
                text(b, head.valueFrom[i], head.valueTo[i]));
      }
    }
  }

  static AsciiString text(byte[] b, int from, int to) {
    return new AsciiString(b, from, to - from, true);
  }

  private static AsciiString lowerCase(byte[] b, int from, int to) {
    byte[] name = new byte[to - from];
    for (int i = 0; i < name.length; i++) {
      byte c = b[from + i];
      name[i] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
    }
    return new AsciiString(name, false);
  }

  /** Of gRPC proper, which has trailers; its variant for browsers has none. */
  static boolean isGrpc(@Nullable CharSequence contentType) {
    if (contentType == null) {
      return false;
    }
    AsciiString type = AsciiString.of(contentType);
    int n = GRPC.length();
    return type.regionMatches(true, 0, GRPC, 0, n)
        && (type.length() == n || type.byteAt(n) == '+' || type.byteAt(n) == ';');
  }

  static Http2Headers noFields() {
    return new DefaultHttp2Headers(false);
  }

  // ---- ends

  boolean hasReadAll() {
    return in == Framing.OVER;
  }

  boolean hasReadHead() {
    return in != Framing.NO_HEAD_YET;
  }

  boolean hasWrittenAll() {
    return out == Framing.OVER;
  }

  /** Why the stream is given up where it was not ended by both. */
  abstract Http2Error giveUp();

  private void end(ChannelHandlerContext ctx, Http2Error error) {
    if (!closing) {
      closing = true;
      ctx.write(new DefaultHttp2ResetFrame(error));
      ctx.flush();
      ctx.close();
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!closing && ctx.channel().isActive() && !(hasReadAll() && hasWrittenAll())) {
      closing = true;
      ctx.write(new DefaultHttp2ResetFrame(giveUp()));
      ctx.flush();
    }
    ctx.close(promise);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame) { // nobody is there any more
      closing = true;
      // later, when the stream has ended: a reset must not be answered with one (RFC 9113, 5.4.2)
      ctx.executor().execute(ctx::close);
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (cause instanceof Http2Exception) { // the other side's mistake; it has been told
      ctx.close();
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }
}
