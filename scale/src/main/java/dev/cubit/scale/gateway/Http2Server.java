package dev.cubit.scale.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an endpoint that speaks HTTP/2, and its streams. Owned by the event loop.
 *
 * <pre>
 *   OPENING ── its SETTINGS ──► OPEN ── GOAWAY, its endpoint drains, unused for long ──► RETIRED ── last stream ──► closed
 * </pre>
 */
final class Http2Server extends ChannelInboundHandlerAdapter {
  private static final long SECOND = 1_000_000_000L;
  private static final long UNUSED_NANOS = 60 * SECOND;
  private static final long QUIET_NANOS = 15 * SECOND;
  private static final long PING_NANOS = 5 * SECOND;
  private static final long SETTINGS_NANOS = 3 * SECOND;

  /** More at a time on one connection would wait for each other's packets. */
  private static final int MOST_STREAMS = 100;

  /** Streams have numbers, which end; long before that it is given up. */
  private static final int MOST_IN_ALL = 1 << 29;

  private static final int STREAM_WINDOW = 64 << 10;

  /** So that streams whose clients do not read never hold up the others. */
  private static final int CONNECTION_WINDOW = MOST_STREAMS * STREAM_WINDOW;

  private static final int DEFAULT_WINDOW = 65_535;

  private final Worker worker;
  private final StreamPool pool;
  private final boolean tls;
  private @Nullable ChannelHandlerContext context;
  private int most = MOST_STREAMS;
  private int streams;
  private int inAll;
  private boolean begun;
  private boolean said;
  private boolean ready;
  private boolean retired;
  private final PeerWatch peer = new PeerWatch(QUIET_NANOS, PING_NANOS);
  private long unused = System.nanoTime();

  Http2Server(Worker worker, StreamPool pool, boolean tls) {
    this.worker = worker;
    this.pool = pool;
    this.tls = tls;
  }

  /** Adds it to a channel that is being opened. */
  void addTo(Channel channel) {
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forClient()
            .initialSettings(
                new Http2Settings()
                    .pushEnabled(false)
                    .initialWindowSize(STREAM_WINDOW)
                    .maxHeaderListSize(ResponseHead.MAX_BYTES))
            .build();
    channel
        .pipeline()
        .addLast(new FlushConsolidationHandler(64, true))
        .addLast(new RightSize())
        .addLast(codec)
        .addLast(new Http2MultiplexHandler(new RefusedStreams()))
        .addLast(this);
  }

  /** Servers may not open streams, as push is off. */
  private static final class RefusedStreams extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  /** It is open; it has streams when it has said how many, which may be already. */
  void begin() {
    begun = true;
    unused = System.nanoTime();
    context()
        .channel()
        .writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - DEFAULT_WINDOW));
    readyOnce();
  }

  private void readyOnce() {
    if (begun && said && !ready) {
      ready = true;
      pool.ready();
    }
  }

  boolean isActive() {
    return context().channel().isActive();
  }

  boolean isReady() {
    return ready;
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return ctx;
  }

  boolean hasRoom() {
    return ready && !retired && streams < most && context().channel().isActive();
  }

  /** Opens a stream for it; false where that cannot be. */
  boolean open(UpstreamConnection request) {
    Future<Http2StreamChannel> opening =
        new Http2StreamChannelBootstrap(context().channel())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream.pipeline().addLast(new ServerStream(worker, tls)).addLast(request);
                  }
                })
            .open();
    if (opening.isDone() && !opening.isSuccess()) {
      return false;
    }
    streams++; // its channel is there, though that may be told a little later
    retired |= ++inAll > MOST_IN_ALL;
    opening.addListener(
        (Future<Http2StreamChannel> opened) ->
            opened.getNow().closeFuture().addListener(closed -> streamEnded()));
    return true;
  }

  private void streamEnded() {
    streams--;
    unused = System.nanoTime();
    if (retired) {
      closeIfUnused();
    } else {
      pool.hasRoom();
    }
  }

  /** No new streams; those that are there end as they will. */
  void retire() {
    retired = true;
    closeIfUnused();
  }

  private void closeIfUnused() {
    ChannelHandlerContext ctx = context;
    if (streams == 0 && ctx != null) {
      ctx.channel().close();
    }
  }

  /** Looks at the times, some times a second. */
  void check(long now) {
    if (!ready) {
      if (now - unused > SETTINGS_NANOS) {
        context().pipeline().firstContext().close(); // it speaks something else
      }
      return;
    }
    if (streams == 0) {
      if (now - unused > UNUSED_NANOS) {
        retire();
      }
      return;
    }
    // else requests would go to a server that has vanished, until the kernel gives it up
    if (peer.isGone(now, context().channel())) {
      context().pipeline().firstContext().close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    if (frame instanceof Http2SettingsFrame settings) {
      Long streamsAtMost = settings.settings().maxConcurrentStreams();
      if (streamsAtMost != null) {
        most = (int) Math.min(MOST_STREAMS, streamsAtMost);
      }
      said = true;
      readyOnce();
    } else if (frame instanceof Http2GoAwayFrame) {
      retire();
    }
    ReferenceCountUtil.release(frame);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    peer.heard();
    worker.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.lost(this, ready);
    worker.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2Exception) {
      return; // the codec has told the server, and ends what is to be ended
    }
    if (!Mishap.isOrdinary(cause)) {
      worker.bug(cause);
    }
    ctx.pipeline().firstContext().close();
  }
}
