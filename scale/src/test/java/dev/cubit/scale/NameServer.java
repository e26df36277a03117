package dev.cubit.scale;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on a free UDP port, of which a test changes the records while it runs. */
final class NameServer implements AutoCloseable {
  final AtomicInteger questions = new AtomicInteger();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final IoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;
  private volatile boolean silent;

  /** A record; the name has its dot at the end. */
  private record Entry(String name, DnsRecordType type, long ttl, ByteBuf content) {
    DefaultDnsRawRecord wire() {
      return new DefaultDnsRawRecord(name, type, ttl, content.copy());
    }
  }

  private NameServer() {
    channel =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel fresh) {
                    fresh
                        .pipeline()
                        .addLast(new DatagramDnsQueryDecoder())
                        .addLast(new DatagramDnsResponseEncoder())
                        .addLast(new Answers());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  static NameServer start() {
    return new NameServer();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Says this of a name from now on, in the place of what it said of its addresses. */
  NameServer say(String name, long ttl, String... addresses) {
    forget(name);
    for (String address : addresses) {
      DnsRecordType type =
          NetUtil.isValidIpV4Address(address) ? DnsRecordType.A : DnsRecordType.AAAA;
      byte[] content = NetUtil.createByteArrayFromIpAddressString(address);
      entries.add(new Entry(name + ".", type, ttl, Unpooled.wrappedBuffer(content)));
    }
    return this;
  }

  /** The name is another one's alias. */
  NameServer alias(String name, long ttl, String of) {
    forget(name);
    entries.add(new Entry(name + ".", DnsRecordType.CNAME, ttl, encoded(of)));
    return this;
  }

  /** One more server of a service. */
  NameServer service(String name, long ttl, int priority, int port, String target) {
    ByteBuf content =
        Unpooled.buffer()
            .writeShort(priority)
            .writeShort(1)
            .writeShort(port)
            .writeBytes(encoded(target));
    entries.add(new Entry(name + ".", DnsRecordType.SRV, ttl, content));
    return this;
  }

  NameServer forget(String name) {
    entries.removeIf(entry -> entry.name().equals(name + "."));
    return this;
  }

  /** Whether it does not answer at all. */
  NameServer silent(boolean now) {
    silent = now;
    return this;
  }

  private static ByteBuf encoded(String name) {
    ByteBuf labels = Unpooled.buffer();
    for (String label : name.split("\\.", -1)) {
      labels.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
    }
    return labels.writeByte(0);
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
      questions.incrementAndGet();
      if (silent) {
        return;
      }
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      DatagramDnsResponse response =
          new DatagramDnsResponse(
              /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
      response.setAuthoritativeAnswer(true);
      response.addRecord(DnsSection.QUESTION, question);
      boolean isKnown = false;
      for (Entry entry : entries) {
        boolean isIts = entry.name().equals(question.name());
        isKnown |= isIts;
        if (isIts
            && (entry.type().equals(question.type()) || entry.type().equals(DnsRecordType.CNAME))) {
          response.addRecord(DnsSection.ANSWER, entry.wire());
        }
      }
      response.setCode(isKnown ? DnsResponseCode.NOERROR : DnsResponseCode.NXDOMAIN);
      context.writeAndFlush(response);
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
