package dev.cubit.scale.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection that speaks HTTP/2, as a whole: what it does beside its streams. Owned by
 * the event loop.
 *
 * <pre>
 *   OPEN ── the gateway closes, or idle for long ──► LEAVING ── a moment later ──► LEFT ──► closed
 *    │                                        GOAWAY, all streams        GOAWAY, those so far
 *    └── streams, but no byte, nor an answer to a PING ──► closed
 * </pre>
 *
 * <p>Two GOAWAYs, as requests may be on their way that have not been seen (RFC 9113, section 6.8).
 */
final class Http2Client extends ChannelInboundHandlerAdapter {
  private static final long SECOND = 1_000_000_000L;
  private static final long QUIET_NANOS = 30 * SECOND;
  private static final long PING_NANOS = 15 * SECOND;
  private static final long LEAVE_NANOS = SECOND / 2;
  private static final int DEFAULT_WINDOW = 65_535;

  private enum State {
    OPEN,
    LEAVING,
    LEFT
  }

  private final Worker worker;
  private final Http2Connection connection;
  private State state = State.OPEN;
  private @Nullable ChannelHandlerContext context;
  private final PeerWatch peer = new PeerWatch(QUIET_NANOS, PING_NANOS);
  private long unused = System.nanoTime();
  private long left;

  Http2Client(Worker worker, Http2Connection connection) {
    this.worker = worker;
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    worker.multiplexing.add(this);
    int more = Multiplexing.CONNECTION_WINDOW - DEFAULT_WINDOW;
    ctx.channel().write(new DefaultHttp2WindowUpdateFrame(more));
  }

  private int streams() {
    return connection.numActiveStreams();
  }

  /** Looks at the times, some times a second. */
  void check(long now) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    boolean isUsed = streams() > 0;
    unused = isUsed ? now : unused;
    switch (state) {
      case OPEN -> {
        if (worker.isClosing() || now - unused > worker.limits.idleTime().toNanos()) {
          state = State.LEAVING;
          left = now;
          goAway(ctx, Integer.MAX_VALUE);
        }
      }
      case LEAVING -> {
        if (now - left > LEAVE_NANOS) {
          state = State.LEFT;
          goAway(ctx, 0);
          ctx.channel().close(); // when its streams have ended
        }
      }
      case LEFT -> {}
    }
    if (isUsed && peer.isGone(now, ctx.channel())) {
      end();
    }
  }

  private static void goAway(ChannelHandlerContext ctx, int more) {
    DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
    frame.setExtraStreamIds(more);
    ctx.channel().writeAndFlush(frame);
  }

  /** Ends it, whatever it does. */
  void end() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.pipeline().firstContext().close(); // the codec would wait for the streams
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame); // settings and pings, which the codec has answered
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    peer.heard();
    worker.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    worker.multiplexing.remove(this);
    worker.left();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2FrameStreamException || cause instanceof Http2Exception) {
      return; // the codec has said so to the client, and ends what is to be ended
    }
    if (!Mishap.isOrdinary(cause)) {
      worker.bug(cause);
    }
    end();
  }
}
