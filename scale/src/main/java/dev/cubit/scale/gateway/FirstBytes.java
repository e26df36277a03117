package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by the first bytes of a connection without TLS whether HTTP/2 is spoken, "with prior
 * knowledge" (RFC 9113, section 3.3), and then goes out of the way. No HTTP/1 request begins with
 * the method PRI, which is reserved for this.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
  private static final byte[] BEGIN = Bytes.of("PRI ");

  private final Worker worker;
  private @Nullable ByteBuf held;

  FirstBytes(Worker worker) {
    this.worker = worker;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = withHeld(ctx, (ByteBuf) message);
    int n = Math.min(in.readableBytes(), BEGIN.length);
    int same = 0;
    while (same < n && in.getByte(in.readerIndex() + same) == BEGIN[same]) {
      same++;
    }
    if (same < n) {
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(in);
    } else if (n == BEGIN.length) {
      ChannelPipeline pipeline = ctx.pipeline();
      pipeline.remove(ClientConnection.class);
      worker.multiplexing.open(pipeline, Peer.of(ctx.channel().remoteAddress(), Peer.Hop.HTTP_2));
      ctx.fireChannelRead(in);
      pipeline.remove(this);
    } else {
      held = worker.rest(in);
      in.release();
    }
  }

  private ByteBuf withHeld(ChannelHandlerContext ctx, ByteBuf in) {
    ByteBuf before = held;
    if (before == null) {
      return in;
    }
    held = null;
    ByteBuf both = ctx.alloc().directBuffer(before.readableBytes() + in.readableBytes());
    both.writeBytes(before).writeBytes(in);
    before.release();
    in.release();
    return both;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
