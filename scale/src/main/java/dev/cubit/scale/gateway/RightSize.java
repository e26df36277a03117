package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Copies what was read out of buffers that are much larger. Frames wait as slices of what they came
 * in until their stream reads; a frame of one byte would keep 64 KiB.
 */
final class RightSize extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    int n = in.readableBytes();
    if (n < in.capacity() / 2) {
      ByteBuf copy = ctx.alloc().directBuffer(Math.max(1, n)).writeBytes(in);
      in.release();
      ctx.fireChannelRead(copy);
    } else {
      ctx.fireChannelRead(in);
    }
  }
}
