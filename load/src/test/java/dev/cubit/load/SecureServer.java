package dev.cubit.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A server for HTTP/1.1 and HTTP/2, with or without TLS, on a free port. */
final class SecureServer implements AutoCloseable {
  /** How HTTP/2 requests are answered. */
  enum Manner {
    WELL,
    RESET_EVERY_STREAM,
    GO_AWAY_AFTER_TEN,
    NEVER
  }

  final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;
  private final String scheme;

  private SecureServer(Optional<SslContext> tls, Manner manner) throws Exception {
    this.scheme = tls.isPresent() ? "https" : "http";
    this.channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    if (tls.isEmpty()) {
                      http2(child.pipeline(), manner);
                    } else {
                      child.pipeline().addLast(tls.get().newHandler(child.alloc()));
                      child.pipeline().addLast(new Negotiation(manner));
                    }
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  /** HTTP/2 with prior knowledge. */
  static SecureServer plain(Manner manner) throws Exception {
    return new SecureServer(Optional.empty(), manner);
  }

  static SecureServer tls(X509Bundle certificate, boolean http2, ClientAuth clients)
      throws Exception {
    SslContextBuilder builder =
        SslContextBuilder.forServer(certificate.toKeyManagerFactory()).clientAuth(clients);
    if (clients != ClientAuth.NONE) {
      builder.trustManager(certificate.getCertificate());
    }
    if (http2) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2,
              ApplicationProtocolNames.HTTP_1_1));
    }
    return new SecureServer(Optional.of(builder.build()), Manner.WELL);
  }

  private final class Negotiation extends ChannelInboundHandlerAdapter {
    private final Manner manner;

    Negotiation(Manner manner) {
      this.manner = manner;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        String protocol = ctx.pipeline().get(SslHandler.class).applicationProtocol();
        if ("h2".equals(protocol)) {
          http2(ctx.pipeline(), manner);
        } else {
          ctx.pipeline()
              .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answer1());
        }
      }
      ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close(); // a client that does not like the certificate
    }
  }

  private final class Answer1 extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      seen.add(request.method() + " " + request.uri());
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
      response.headers().set("content-length", 5);
      ctx.writeAndFlush(response);
    }
  }

  private void http2(ChannelPipeline pipeline, Manner manner) {
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(20))
            .build(),
        new Answer2(manner));
  }

  @Sharable
  private final class Answer2 extends ChannelInboundHandlerAdapter {
    private final Manner manner;
    private int answered;

    Answer2(Manner manner) {
      this.manner = manner;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      try {
        if (message instanceof Http2HeadersFrame frame) {
          seen.add(frame.headers().method() + " " + frame.headers().path());
          if (frame.isEndStream()) {
            answer(ctx, frame.stream());
          }
        } else if (message instanceof Http2DataFrame frame) {
          seen.add("body " + frame.content().toString(StandardCharsets.UTF_8));
          if (frame.isEndStream()) {
            answer(ctx, frame.stream());
          }
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void answer(ChannelHandlerContext ctx, Http2FrameStream stream) {
      switch (manner) {
        case NEVER -> {}
        case RESET_EVERY_STREAM ->
            ctx.write(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(stream));
        case WELL -> respond(ctx, stream);
        case GO_AWAY_AFTER_TEN -> {
          respond(ctx, stream);
          if (++answered % 10 == 0) {
            ctx.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
          }
        }
      }
      ctx.flush();
    }

    private void respond(ChannelHandlerContext ctx, Http2FrameStream stream) {
      Http2Headers headers = new DefaultHttp2Headers().status("200").add("x-answer", "yes");
      ctx.write(new DefaultHttp2HeadersFrame(headers).stream(stream));
      ctx.write(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII), true)
              .stream(stream));
    }
  }

  int port() {
    return ((java.net.InetSocketAddress) channel.localAddress()).getPort();
  }

  URI origin() {
    return URI.create(scheme + "://localhost:" + port());
  }

  @Override
  public void close() throws Exception {
    channel.close().sync();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }
}
