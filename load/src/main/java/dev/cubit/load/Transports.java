package dev.cubit.load;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * Netty's classes for one transport.
 *
 * @param name as it is shown
 * @param tcp channels to a host and port
 * @param unix channels to a socket file
 */
record Transports(
    String name,
    IoHandlerFactory handlers,
    Class<? extends Channel> tcp,
    Class<? extends Channel> unix) {

  /**
   * The transport asked for, or the best that is there: io_uring gives a closed load the most
   * requests a second, epoll reads the answers of an open load sooner (bench/RESULTS.md).
   *
   * @throws LoadException where this machine lacks the one asked for
   */
  static Transports of(Transport wanted, Pace pace) throws LoadException {
    return switch (wanted) {
      case AUTO -> {
        if (pace instanceof Pace.AsAnswered && IoUring.isAvailable()) {
          yield ioUring();
        }
        yield Epoll.isAvailable() ? epoll() : nio();
      }
      case IO_URING -> {
        require(IoUring.isAvailable(), "io_uring", IoUring.unavailabilityCause());
        yield ioUring();
      }
      case EPOLL -> {
        require(Epoll.isAvailable(), "epoll", Epoll.unavailabilityCause());
        yield epoll();
      }
      case NIO -> nio();
    };
  }

  private static void require(
      boolean available, String name, @org.jspecify.annotations.Nullable Throwable cause)
      throws LoadException {
    if (!available) {
      throw new LoadException(
          name
              + " is not to be had on this machine: leave the transport out, and the best one is"
              + " taken",
          cause == null ? new IllegalStateException(name) : cause);
    }
  }

  private static Transports ioUring() {
    return new Transports(
        "io_uring",
        IoUringIoHandler.newFactory(),
        IoUringSocketChannel.class,
        IoUringDomainSocketChannel.class);
  }

  private static Transports epoll() {
    return new Transports(
        "epoll",
        EpollIoHandler.newFactory(),
        EpollSocketChannel.class,
        EpollDomainSocketChannel.class);
  }

  private static Transports nio() {
    return new Transports(
        "NIO", NioIoHandler.newFactory(), NioSocketChannel.class, NioDomainSocketChannel.class);
  }
}
