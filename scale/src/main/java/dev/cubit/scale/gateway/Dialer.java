package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.Link;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one endpoint, over TLS where it is spoken to so. Owned by the event loop.
 */
final class Dialer {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration HANDSHAKE = Duration.ofSeconds(3);
  private static final long TOLD_NANOS = 60_000_000_000L;

  private final Worker worker;
  private final Endpoint endpoint;
  private final LoopService service;
  private final InetSocketAddress address;
  private long told = System.nanoTime() - TOLD_NANOS;

  Dialer(Worker worker, Endpoint endpoint, LoopService service, InetSocketAddress address) {
    this.worker = worker;
    this.endpoint = endpoint;
    this.service = service;
    this.address = address;
  }

  /**
   * Opens one.
   *
   * @param handlers gets the channel, to add what is spoken there, once that is agreed on
   * @param tried whether it is open; later, as a refusal may come at once, while the request is
   *     still being given
   */
  void dial(Consumer<Channel> handlers, Consumer<Boolean> tried) {
    SslHandler tls = tls();
    new Bootstrap()
        .group(worker.loop)
        .channel(worker.transports.client())
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.clamp(service.balancing().timeouts().connect().toMillis(), 1, Integer.MAX_VALUE))
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (tls == null) {
                  worker.prepare(channel);
                  handlers.accept(channel);
                } else {
                  worker.prepareSecure(channel);
                  channel.pipeline().addLast(tls).addLast(new Failing());
                }
              }
            })
        .connect(address)
        .addListener(
            (ChannelFuture f) -> {
              if (tls == null || !f.isSuccess()) {
                worker.execute(() -> tried.accept(f.isSuccess()));
              } else {
                tls.handshakeFuture()
                    .addListener(
                        h -> {
                          boolean agreed = isAgreed(tls, h.cause());
                          if (agreed) { // before what comes behind the handshake is read
                            f.channel().pipeline().remove(Failing.class);
                            handlers.accept(f.channel());
                          } else {
                            f.channel().close();
                          }
                          worker.execute(() -> tried.accept(agreed));
                        });
              }
            });
  }

  /** Until there is somebody to tell: the handshake's failure is known already. */
  private static final class Failing extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private @Nullable SslHandler tls() {
    if (!endpoint.tls()) {
      return null;
    }
    return service.tls.handler(
        ByteBufAllocator.DEFAULT, endpoint.serverName(), endpoint.port(), HANDSHAKE);
  }

  private boolean isAgreed(SslHandler tls, @Nullable Throwable failure) {
    boolean agreed =
        failure == null
            && (service.link.protocol() == Link.Protocol.HTTP_1
                || ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
    long now = System.nanoTime();
    if (!agreed && now - told >= TOLD_NANOS) {
      told = now;
      LOG.warn(
          "the service {} cannot be asked at https://{}:{}: {}",
          endpoint.service(),
          endpoint.serverName(),
          endpoint.port(),
          failure == null ? "it speaks no HTTP/2" : reason(failure));
    }
    return agreed;
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
