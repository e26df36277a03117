package dev.cubit.scale;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds the servers behind a name: by the machine's hosts file and name servers, with its search
 * domains. It keeps nothing: how long an answer holds is for the caller to wait. The JDK's own
 * look-up does not tell the TTL, and knows no SRV. May be used by many threads.
 */
final class Resolver implements AutoCloseable {
  /** A TTL of 0 would ask all the time. */
  private static final long LEAST_SECONDS = 1;

  /** A TTL of a day is a mistake that should be mended sooner. */
  private static final long MOST_SECONDS = 300;

  private static final Duration QUERY = Duration.ofSeconds(2);

  private final IoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("cubit-dns", true), NioIoHandler.newFactory());
  private final Optional<InetSocketAddress> nameServer;

  /**
   * A new one.
   *
   * @param nameServer that is asked; empty: those of the machine
   */
  Resolver(Optional<InetSocketAddress> nameServer) {
    this.nameServer = nameServer;
  }

  /**
   * What a name leads to.
   *
   * @param servers at least one
   * @param holds how long: the smallest TTL of all records on the way, between 1 s and 5 min
   */
  record Found(List<InetSocketAddress> servers, Duration holds) {
    Found {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Looks a name up.
   *
   * @param port of all its addresses; 0: it is an SRV name
   * @throws UnknownHostException with the reason for the user, where it leads to no server
   */
  Found find(String name, int port) throws UnknownHostException, InterruptedException {
    Ttl ttl = new Ttl();
    // one a look-up, with a UDP port of its own: answers are harder to forge, and all TTLs that are
    // seen are of this look-up
    try (DnsNameResolver dns = resolver(ttl)) {
      List<InetSocketAddress> servers =
          port == 0 ? byService(dns, name, ttl) : byHost(dns, name, port, ttl);
      return new Found(servers.stream().distinct().toList(), ttl.holds());
    }
  }

  private DnsNameResolver resolver(Ttl ttl) {
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(group.next())
            .datagramChannelFactory(() -> channel(ttl))
            .socketChannelType(NioSocketChannel.class) // for answers too long for a datagram
            .queryTimeoutMillis(QUERY.toMillis());
    nameServer.ifPresent(
        address ->
            builder.nameServerProvider(new SingletonDnsServerAddressStreamProvider(address)));
    return builder.build();
  }

  private static DatagramChannel channel(Ttl ttl) {
    NioDatagramChannel channel = new NioDatagramChannel();
    channel.pipeline().addLast(new TtlReader(ttl));
    return channel;
  }

  /**
   * Its IPv4 addresses; where it has none those of IPv6. Not both: they are mostly the same
   * servers, which would get twice their share.
   */
  private static List<InetSocketAddress> byHost(DnsNameResolver dns, String name, int port, Ttl ttl)
      throws UnknownHostException, InterruptedException {
    Reading<InetSocketAddress> address = content -> new InetSocketAddress(address(content), port);
    try {
      return ask(dns, name, DnsRecordType.A, address, ttl);
    } catch (UnknownHostException e) {
      if (DnsNameResolver.isTransportOrTimeoutError(e)) {
        throw e;
      }
      return ask(dns, name, DnsRecordType.AAAA, address, ttl);
    }
  }

  private static InetAddress address(ByteBuf content) throws UnknownHostException {
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    return InetAddress.getByAddress(bytes);
  }

  /** One of the servers of a service, RFC 2782. */
  private record Srv(int priority, String target, int port) {
    static Srv of(ByteBuf content) {
      int priority = content.readUnsignedShort();
      content.skipBytes(Short.BYTES); // the weight
      int port = content.readUnsignedShort();
      return new Srv(priority, DefaultDnsRecordDecoder.decodeName(content), port);
    }
  }

  /**
   * Those of the most preferred priority; a target that is unknown does not keep the others out.
   */
  private static List<InetSocketAddress> byService(DnsNameResolver dns, String name, Ttl ttl)
      throws UnknownHostException, InterruptedException {
    List<Srv> all = ask(dns, name, DnsRecordType.SRV, Srv::of, ttl);
    int preferred = all.stream().mapToInt(Srv::priority).min().orElse(0);
    List<InetSocketAddress> servers = new ArrayList<>();
    for (Srv each : all) {
      boolean isThere = !each.target().equals(".") && each.port() > 0;
      if (isThere && each.priority() == preferred) {
        try {
          servers.addAll(byHost(dns, each.target(), each.port(), ttl));
        } catch (UnknownHostException e) {
          if (DnsNameResolver.isTransportOrTimeoutError(e)) {
            throw e;
          }
        }
      }
    }
    if (servers.isEmpty()) {
      throw new UnknownHostException("its SRV records lead to no address");
    }
    return servers;
  }

  /** Makes something of a record's content. */
  private interface Reading<T> {
    T of(ByteBuf content) throws UnknownHostException;
  }

  private static <T> List<T> ask(
      DnsNameResolver dns, String name, DnsRecordType type, Reading<T> reading, Ttl ttl)
      throws UnknownHostException, InterruptedException {
    Future<List<DnsRecord>> answer = dns.resolveAll(question(name, type)).await();
    if (!answer.isSuccess()) {
      throw said(answer.cause());
    }
    List<DnsRecord> records = answer.getNow();
    try {
      List<T> read = new ArrayList<>();
      for (DnsRecord each : records) {
        if (each instanceof DnsRawRecord record) {
          ttl.atMost(record.timeToLive());
          read.add(reading.of(record.content().duplicate()));
        }
      }
      return read;
    } catch (IndexOutOfBoundsException | CorruptedFrameException | UnknownHostException e) {
      throw new UnknownHostException("the answer of the name server is malformed");
    } finally {
      records.forEach(ReferenceCountUtil::release);
    }
  }

  private static DnsQuestion question(String name, DnsRecordType type) throws UnknownHostException {
    try {
      return new DefaultDnsQuestion(name, type);
    } catch (IllegalArgumentException e) {
      throw new UnknownHostException("it is no name of a host");
    }
  }

  /** Netty's own messages are for its developers. */
  private static UnknownHostException said(Throwable e) {
    UnknownHostException said =
        new UnknownHostException(
            DnsNameResolver.isTransportOrTimeoutError(e)
                ? "no name server answers"
                : "no name server knows an address of it");
    said.initCause(e.getCause()); // which tells one from the other
    return said;
  }

  /** The smallest TTL of one look-up. Written on Netty's thread as well. */
  private static final class Ttl {
    private final AtomicLong seconds = new AtomicLong(MOST_SECONDS);

    void atMost(long ttl) {
      seconds.accumulateAndGet(ttl, Math::min);
    }

    Duration holds() {
      return Duration.ofSeconds(Math.max(LEAST_SECONDS, seconds.get()));
    }
  }

  /**
   * Sees each datagram that comes back before Netty does, and passes it on: of a name that is an
   * alias Netty tells the addresses, but not how long the alias itself holds (which is how clouds
   * move load balancers).
   */
  private static final class TtlReader extends DatagramDnsResponseDecoder {
    private final Ttl ttl;

    TtlReader(Ttl ttl) {
      this.ttl = ttl;
    }

    @Override
    protected void decode(ChannelHandlerContext context, DatagramPacket packet, List<Object> out)
        throws Exception {
      DnsResponse response = decodeResponse(context, packet.duplicate());
      for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
        DnsRecord answer = response.recordAt(DnsSection.ANSWER, i);
        ttl.atMost(answer.timeToLive());
      }
      response.release();
      out.add(packet.retain());
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
