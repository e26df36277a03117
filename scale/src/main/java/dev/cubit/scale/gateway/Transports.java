package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.ScaleException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * Netty's classes for one transport.
 *
 * @param name as it is shown
 * @param readsAtOnce whether a buffer is asked for only when there is something to read into it
 */
record Transports(
    String name,
    IoHandlerFactory handlers,
    Class<? extends ServerChannel> server,
    Class<? extends SocketChannel> client,
    boolean readsAtOnce) {

  /**
   * The transport asked for.
   *
   * @throws ScaleException where this machine lacks it
   */
  static Transports of(Transport wanted) throws ScaleException {
    return switch (wanted) {
      // for a proxied request it takes a twentieth less CPU than epoll (bench/RESULTS.md)
      case AUTO -> IoUring.isAvailable() ? ioUring() : Epoll.isAvailable() ? epoll() : nio();
      case IO_URING -> {
        require(IoUring.isAvailable(), "io_uring");
        yield ioUring();
      }
      case EPOLL -> {
        require(Epoll.isAvailable(), "epoll");
        yield epoll();
      }
      case NIO -> nio();
    };
  }

  private static void require(boolean available, String name) throws ScaleException {
    if (!available) {
      throw new ScaleException(name + " is not to be had on this machine: take another transport");
    }
  }

  private static Transports ioUring() {
    return new Transports(
        "io_uring",
        IoUringIoHandler.newFactory(),
        IoUringServerSocketChannel.class,
        IoUringSocketChannel.class,
        false);
  }

  private static Transports epoll() {
    return new Transports(
        "epoll",
        EpollIoHandler.newFactory(),
        EpollServerSocketChannel.class,
        EpollSocketChannel.class,
        true);
  }

  private static Transports nio() {
    return new Transports(
        "NIO",
        NioIoHandler.newFactory(),
        NioServerSocketChannel.class,
        NioSocketChannel.class,
        true);
  }
}
