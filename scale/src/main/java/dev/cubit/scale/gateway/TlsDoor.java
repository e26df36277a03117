package dev.cubit.scale.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/** Waits until the handshake is over; then what was agreed on is spoken. */
final class TlsDoor extends ApplicationProtocolNegotiationHandler {
  private final Worker worker;

  TlsDoor(Worker worker) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.worker = worker;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      Peer peer = Peer.of(ctx.channel().remoteAddress(), Peer.Hop.HTTPS_2);
      worker.multiplexing.open(ctx.pipeline(), peer);
    } else {
      Peer peer = Peer.of(ctx.channel().remoteAddress(), Peer.Hop.HTTPS_1);
      ctx.pipeline().addLast(new ClientConnection(worker, peer));
    }
  }

  // strangers' mistakes, as often as they like: no log line of them

  @Override
  protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
