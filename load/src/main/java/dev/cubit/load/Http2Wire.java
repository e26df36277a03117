package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** HTTP/2 on one channel, RFC 9113: Netty's codec does the frames, this the exchanges. */
final class Http2Wire extends Wire {
  private static final int WINDOW = 4 * 1024 * 1024;

  /** A stream and what has come on it. */
  private static final class Exchange {
    final Flight flight;
    final BodyCheck body;
    int status;
    long bodyBytes;
    @Nullable Http2Headers headers;

    Exchange(Flight flight, BodyCheck body) {
      this.flight = flight;
      this.body = body;
    }
  }

  private final Streams streams;
  private final Map<Http2FrameStream, Exchange> exchanges = new HashMap<>();
  private int limit = Integer.MAX_VALUE;
  private boolean ready;

  private Http2Wire(Connection connection, Streams streams) {
    super(connection);
    this.streams = streams;
  }

  static void addTo(ChannelPipeline pipeline, Connection connection) {
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(
                Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(WINDOW))
            // a stream counts until its last frame has been handled, and the next is sent just then
            .encoderEnforceMaxConcurrentStreams(true)
            .build();
    Streams streams = new Streams();
    pipeline.addLast(
        new ByteCounter(connection.loop), codec, streams, new Http2Wire(connection, streams));
  }

  /** Opens streams; Netty lets only its own kind of handler do so. */
  private static final class Streams extends Http2ChannelDuplexHandler {
    Http2FrameStream open() {
      return newStream();
    }
  }

  /** Counts what the codec makes of the bytes, and what of the frames. */
  private static final class ByteCounter extends ChannelDuplexHandler {
    private final Loop loop;

    ByteCounter(Loop loop) {
      this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      loop.tally.bytesRead += ((ByteBuf) message).readableBytes();
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      loop.tally.bytesWritten += ((ByteBuf) message).readableBytes();
      ctx.write(message, promise);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    super.handlerAdded(ctx);
    ctx.executor().schedule(this::giveUp, loop.timeoutNanos, TimeUnit.NANOSECONDS);
  }

  private void giveUp() {
    if (!ready && context().channel().isActive()) { // else it was refused, and counted then
      lose(
          ErrorKind.CONNECT,
          connection.endpoint.name() + " accepts connections and does not begin to speak HTTP/2");
    }
  }

  /** TCP or TLS is there; HTTP/2 begins with the server's settings, section 3.4. */
  @Override
  void ready() {
    SslHandler tls = context().pipeline().get(SslHandler.class);
    if (tls != null && !"h2".equals(tls.applicationProtocol())) {
      lose(
          ErrorKind.TLS,
          connection.endpoint.name() + " does not offer HTTP/2 (ALPN): leave --http2 out");
    }
  }

  @Override
  int limit() {
    return limit;
  }

  @Override
  void send(Flight flight) {
    Http2Request request = flight.request.http2();
    Http2FrameStream stream = streams.open();
    ChannelHandlerContext ctx = context();
    exchanges.put(stream, new Exchange(flight, connection.newBody()));
    Http2Headers headers = request.headers();
    ByteBuf body = request.body(ctx.alloc());
    boolean last = !body.isReadable();
    ctx.write(new DefaultHttp2HeadersFrame(headers, last).stream(stream))
        .addListener(
            f -> {
              if (!f.isSuccess()) {
                failed(stream, ErrorKind.CLOSED, "not sent: " + TlsContext.rootMessage(f.cause()));
              }
            });
    if (last) {
      body.release();
    } else {
      ctx.write(new DefaultHttp2DataFrame(body, true).stream(stream));
    }
  }

  @Override
  void flush() {
    context().flush();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      switch (message) {
        case Http2SettingsFrame frame -> settings(frame.settings());
        case Http2HeadersFrame frame -> headers(frame);
        case Http2DataFrame frame -> data(ctx, frame);
        case Http2ResetFrame frame ->
            failed(
                frame.stream(),
                ErrorKind.CLOSED,
                "the server reset the stream (" + error(frame.errorCode()) + ")");
        case Http2GoAwayFrame frame -> goAway(frame);
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void settings(Http2Settings settings) {
    Long streams = settings.maxConcurrentStreams();
    if (streams != null) {
      limit = (int) Math.min(streams, Integer.MAX_VALUE);
    }
    if (!ready) {
      ready = true;
      connection.opened(this);
    }
  }

  private void headers(Http2HeadersFrame frame) {
    Exchange exchange = exchanges.get(frame.stream());
    if (exchange == null) {
      return;
    }
    CharSequence status = frame.headers().status();
    if (status != null) {
      int code = statusCode(status);
      if (code < 100 || code > 999) {
        reset(frame.stream(), "the response has status '" + status + "'");
        return;
      }
      if (code < 200 && !frame.isEndStream()) {
        loop.tally.statuses[code]++;
        return;
      }
      exchange.status = code;
      exchange.headers = frame.headers();
    }
    if (frame.isEndStream()) {
      answered(frame.stream(), exchange);
    }
  }

  private static int statusCode(CharSequence status) {
    try {
      return Integer.parseInt(status.toString());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void data(ChannelHandlerContext ctx, Http2DataFrame frame) {
    Exchange exchange = exchanges.get(frame.stream());
    ctx.write(
        new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes())
            .stream(frame.stream()));
    if (exchange == null) {
      return;
    }
    int n = frame.content().readableBytes();
    exchange.body.add(frame.content(), n);
    exchange.bodyBytes += n;
    if (frame.isEndStream()) {
      answered(frame.stream(), exchange);
    }
  }

  private void answered(Http2FrameStream stream, Exchange exchange) {
    exchanges.remove(stream);
    Http2Headers headers = exchange.headers;
    if (headers == null) {
      reset(stream, "the response ended without a status");
      return;
    }
    connection.answered(
        exchange.flight,
        exchange.status,
        exchange.bodyBytes,
        false,
        name ->
            String.join(
                ", ",
                headers.getAll(name.toLowerCase(java.util.Locale.ROOT)).stream()
                    .map(String::valueOf)
                    .toList()),
        exchange.body);
  }

  private void reset(Http2FrameStream stream, String example) {
    context().write(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR).stream(stream));
    failed(stream, ErrorKind.PROTOCOL, example);
  }

  private void failed(@Nullable Http2FrameStream stream, ErrorKind kind, String example) {
    Exchange exchange = stream == null ? null : exchanges.remove(stream);
    if (exchange != null && exchange.flight.live && connection.isOn(this)) {
      connection.fail(exchange.flight, System.nanoTime(), kind, example);
      connection.freed();
    }
  }

  /**
   * The server takes no new streams here; those above its last one it has not seen, section 6.8.
   */
  private void goAway(Http2GoAwayFrame frame) {
    connection.retire();
    List<Http2FrameStream> unseen = new ArrayList<>();
    for (Http2FrameStream stream : exchanges.keySet()) {
      if (stream.id() > frame.lastStreamId()) {
        unseen.add(stream);
      }
    }
    for (Http2FrameStream stream : unseen) {
      failed(
          stream,
          ErrorKind.CLOSED,
          "the server went away (GOAWAY, "
              + error(frame.errorCode())
              + ") before it took the request");
    }
    connection.freed();
  }

  private static String error(long code) {
    Http2Error known = Http2Error.valueOf(code);
    return known == null ? "error " + code : known.name();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    if (failure instanceof Http2FrameStreamException stream) {
      failed(stream.stream(), ErrorKind.PROTOCOL, TlsContext.rootMessage(stream));
    } else {
      super.exceptionCaught(ctx, failure);
    }
  }

  @Override
  void abandon(Flight flight) {
    for (Map.Entry<Http2FrameStream, Exchange> entry : exchanges.entrySet()) {
      if (entry.getValue().flight == flight) {
        context()
            .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(entry.getKey()));
        failed(
            entry.getKey(),
            ErrorKind.TIMEOUT,
            "no answer from "
                + connection.endpoint.name()
                + " within "
                + loop.plan.timeout().toMillis()
                + " ms");
        connection.flush();
        return;
      }
    }
  }

  @Override
  String position() {
    return exchanges.values().stream().anyMatch(e -> e.status > 0)
        ? "in the middle of an answer"
        : "";
  }
}
