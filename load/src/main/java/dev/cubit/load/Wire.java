package dev.cubit.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One channel's protocol: turns flights into bytes and bytes into answers. A {@link Connection}
 * gets a new one each time it is opened. Owned by its loop's thread.
 */
abstract class Wire extends ChannelInboundHandlerAdapter {
  final Connection connection;
  final Loop loop;
  private @Nullable ChannelHandlerContext context;
  private boolean reported;

  Wire(Connection connection) {
    this.connection = connection;
    this.loop = connection.loop;
  }

  /** Writes a request; nothing leaves before {@link #flush}. */
  abstract void send(Flight flight);

  abstract void flush();

  /** Gives up a request that has waited too long. */
  abstract void abandon(Flight flight);

  /** What was in the middle of being read, for an error's example; empty where nothing was. */
  abstract String position();

  /** How many requests may be in flight at a time, whatever the plan says. */
  int limit() {
    return Integer.MAX_VALUE;
  }

  /** The connection is ready for requests; HTTP/2 says it later than TCP and TLS do. */
  void ready() {
    connection.opened(this);
  }

  final ChannelHandlerContext context() {
    ChannelHandlerContext known = context;
    if (known == null) {
      throw new IllegalStateException("used before it was added to a channel");
    }
    return known;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    this.context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!connection.endpoint.secure()) {
      ready();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        ready();
      } else {
        lose(ErrorKind.TLS, TlsContext.explain(handshake.cause(), connection.endpoint));
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended("the server closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    if (failure instanceof IOException) {
      ended("the connection broke: " + TlsContext.rootMessage(failure));
    } else if (connection.endpoint.secure() && !connection.isOpen()) {
      lose(ErrorKind.TLS, TlsContext.explain(failure, connection.endpoint));
    } else {
      lose(ErrorKind.PROTOCOL, TlsContext.rootMessage(failure));
    }
  }

  private void ended(String how) {
    String position = position();
    if (position.isEmpty()) {
      lose(ErrorKind.CLOSED, how + " without an answer");
    } else {
      lose(ErrorKind.TRUNCATED, how + " " + position);
    }
  }

  /** The connection is of no more use; told once. */
  final void lose(ErrorKind kind, String example) {
    if (!reported) {
      reported = true;
      connection.lost(this, kind, example);
      context().close();
    }
  }

  /** Closes without a word of it: the connection has done what it should. */
  final void close() {
    reported = true;
    context().close();
  }
}
