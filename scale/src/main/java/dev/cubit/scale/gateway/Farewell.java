package dev.cubit.scale.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** How a client is told that no more comes. */
final class Farewell {
  private Farewell() {}

  /** All was said. The client can still send; over TLS it gets a close_notify (RFC 8446, 6.1). */
  static void saidAll(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (channel instanceof DuplexChannel half && half.isActive()) {
      half.shutdownOutput();
    }
  }

  /**
   * What was said is not all: a reset, as where only the end of the connection ends the answer, a
   * close would look like it. So would a close_notify, which therefore is not sent.
   */
  static void brokenOff(ChannelHandlerContext from) {
    from.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    ChannelHandlerContext tls = from.pipeline().context(SslHandler.class);
    (tls == null ? from : tls).close();
  }
}
