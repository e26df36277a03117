package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Tells a client that speaks plain HTTP where TLS is spoken what its mistake is. A TLS record
 * begins with no letter, so the first byte says it all; then this goes out of the way.
 */
final class PlainOnTls extends ChannelInboundHandlerAdapter {
  private static final byte[] ANSWER =
      Bytes.of(
          "HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n"
              + "This port speaks HTTPS: ask for https://\n");

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    byte first = in.isReadable() ? in.getByte(in.readerIndex()) : 0;
    if (first >= 'A' && first <= 'Z') {
      in.release();
      ctx.writeAndFlush(ctx.alloc().buffer(ANSWER.length).writeBytes(ANSWER))
          .addListener(ChannelFutureListener.CLOSE);
      ctx.channel().config().setAutoRead(false);
    } else {
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(message);
    }
  }
}
