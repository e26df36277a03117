package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.tls.ServerTls;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.ScaleException;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How a connection of a client begins: which handlers it gets. */
sealed interface Door extends AutoCloseable {
  /**
   * As the file says.
   *
   * @throws ScaleException where the files of the certificate are not good
   */
  static Door of(GatewayPlan plan) throws ScaleException {
    if (plan.tls().isEmpty()) {
      return new Plain();
    }
    return new Secure(
        ServerTls.start(
            plan.tls().get(),
            List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1),
            plan.limits().headerTime(),
            LoggerFactory.getLogger(Gateway.class)::warn));
  }

  /** Somebody has come. On the worker's loop. */
  void open(Channel channel, Worker worker);

  @Override
  default void close() {}

  /** What is spoken from the first byte on is HTTP. */
  record Plain() implements Door {
    @Override
    public void open(Channel channel, Worker worker) {
      worker.prepare(channel);
      Peer peer = Peer.of(channel.remoteAddress(), Peer.Hop.HTTP_1);
      channel
          .pipeline()
          .addLast(new FirstBytes(worker))
          .addLast(new ClientConnection(worker, peer));
    }
  }

  /** TLS first. */
  record Secure(ServerTls tls) implements Door {
    @Override
    public void open(Channel channel, Worker worker) {
      worker.prepareSecure(channel);
      channel
          .pipeline()
          .addLast(new PlainOnTls())
          .addLast(tls.handler(channel.alloc()))
          .addLast(new TlsDoor(worker));
    }

    @Override
    public void close() {
      tls.close();
    }
  }
}
