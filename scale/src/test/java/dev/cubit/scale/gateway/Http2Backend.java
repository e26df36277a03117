package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks only HTTP/2, with or without TLS, and answers frame by frame. */
final class Http2Backend implements AutoCloseable {
  /** A whole request. */
  record Seen(Http2Headers head, String body, Http2Headers trailers, Channel connection) {
    String field(String name) {
      return String.join("|", head.getAll(name).stream().map(CharSequence::toString).toList());
    }
  }

  /** Answers one request. */
  interface Answering {
    void answer(Seen request, Talk talk);
  }

  /** One stream, as an answer may use it. */
  record Talk(ChannelHandlerContext ctx) {
    Talk head(boolean ends, String... fields) {
      ctx.write(new DefaultHttp2HeadersFrame(headers(fields), ends));
      return this;
    }

    Talk data(boolean ends, String bytes) {
      ctx.write(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(bytes, ISO_8859_1), ends));
      return this;
    }

    Talk reset(Http2Error error) {
      ctx.write(new DefaultHttp2ResetFrame(error));
      return this;
    }

    Talk goAway() {
      ctx.channel().parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
      return this;
    }
  }

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger resets = new AtomicInteger();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel server;
  private volatile Answering answering;

  private Http2Backend(Http2Settings settings, Optional<SslContext> tls, Answering answering) {
    this.answering = answering;
    server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    open.incrementAndGet();
                    channel.closeFuture().addListener(closed -> open.decrementAndGet());
                    tls.ifPresent(t -> channel.pipeline().addLast(t.newHandler(channel.alloc())));
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer().initialSettings(settings).build())
                        .addLast(new Http2MultiplexHandler(streams()));
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  static Http2Backend of(Answering answering) {
    return new Http2Backend(Http2Settings.defaultSettings(), Optional.empty(), answering);
  }

  static Http2Backend of(Http2Settings settings, Answering answering) {
    return new Http2Backend(settings, Optional.empty(), answering);
  }

  static Http2Backend of(SslContext tls, Answering answering) {
    return new Http2Backend(Http2Settings.defaultSettings(), Optional.of(tls), answering);
  }

  static Http2Backend saying(String text) {
    return of((request, talk) -> talk.head(false, ":status", "200").data(true, text));
  }

  void answer(Answering next) {
    answering = next;
  }

  static Http2Headers headers(String... fields) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return headers;
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private ChannelInitializer<Channel> streams() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel stream) {
        stream.pipeline().addLast(new OneStream());
      }
    };
  }

  private final class OneStream extends ChannelInboundHandlerAdapter {
    private final StringBuilder body = new StringBuilder();
    private Http2Headers head = new DefaultHttp2Headers();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      boolean ends = false;
      Http2Headers trailers = new DefaultHttp2Headers();
      if (frame instanceof Http2HeadersFrame headers) {
        ends = headers.isEndStream();
        if (head.isEmpty()) {
          begun.incrementAndGet();
          head = headers.headers();
        } else {
          trailers = headers.headers();
        }
      } else if (frame instanceof Http2DataFrame data) {
        ends = data.isEndStream();
        body.append(data.content().toString(ISO_8859_1));
      }
      ReferenceCountUtil.release(frame);
      if (ends) {
        Seen whole = new Seen(head, body.toString(), trailers, ctx.channel().parent());
        seen.add(whole);
        answering.answer(whole, new Talk(ctx));
        ctx.flush();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof Http2ResetFrame) {
        resets.incrementAndGet();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
