package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.tls.ClientTls;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One event loop of a gateway: its clients, its connections to endpoints, its counts, and what they
 * all share because only one of them works at a time. Nothing of it is seen by another thread;
 * {@link #ask} is how one asks. Hot path where it says so.
 */
final class Worker {
  private static final long TICK_MILLIS = 50;
  private static final int LEAST_BUFFER = 512;
  private static final int COPIED_BYTES = 8 << 10;

  /** A reader gets up to 64 KiB at once; some of that may wait before it has to pause. */
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(64 << 10, 192 << 10);

  final EventLoop loop;
  final Transports transports;
  final GatewayPlan.Limits limits;
  final byte[] scratch;
  final RequestHead requestHead;
  final KeyPlaces keyPlaces;
  final ResponseHead responseHead = new ResponseHead();
  final RequestPath path = new RequestPath();
  final RoutingTable.Match match = new RoutingTable.Match();
  final Outgoing outgoing = new Outgoing();
  final Gathering gathering = new Gathering();
  final Ids ids;
  final RequestWriter requestWriter;
  final ResponseWriter responseWriter = new ResponseWriter();

  final Multiplexing multiplexing = new Multiplexing(this);

  private final int workers;
  private final @Nullable AccessDesk desk;
  private final ReadBuffers readBuffers = new ReadBuffers();
  private final Map<String, LoopService> services = new HashMap<>();
  private final Map<Endpoint, LoopEndpoint> endpoints = new HashMap<>();
  private final List<ClientConnection> clients = new ArrayList<>();
  private final Map<Integer, Long> ownAnswers = new TreeMap<>();
  private final CompletableFuture<Void> allGone = new CompletableFuture<>();
  private Channel[] unflushed = new Channel[16];
  private int unflushedCount;
  private List<Access> accesses = new ArrayList<>();
  private RoutingTable table;
  private boolean closing;

  /**
   * A new one; it does nothing until clients come.
   *
   * @param workers how many share the work
   * @param seed of all that it leaves to chance
   */
  Worker(
      EventLoop loop,
      Transports transports,
      GatewayPlan.Limits limits,
      int workers,
      long seed,
      @Nullable AccessDesk desk,
      RoutingTable table) {
    this.loop = loop;
    this.transports = transports;
    this.limits = limits;
    this.workers = workers;
    this.ids = new Ids(seed);
    this.requestWriter = new RequestWriter(ids);
    this.desk = desk;
    this.table = table;
    this.scratch = new byte[Math.max(limits.headerBytes(), ResponseHead.MAX_BYTES)];
    this.requestHead = new RequestHead(limits.headerBytes(), limits.headerFields());
    this.keyPlaces = new KeyPlaces(requestHead, path);
    loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  // ---- for other threads

  /** Has something done on the loop. */
  <T> CompletableFuture<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
          flush();
        });
    return answer;
  }

  // ---- on the loop from here on

  void apply(
      Topology topology,
      RoutingTable routes,
      Map<String, ServiceRules> rules,
      Map<String, PartitionTable> partitionings,
      Map<String, ClientTls> secure) {
    table = routes;
    for (ServicePlan plan : topology.services()) {
      LoopService service = service(plan.name());
      service.rules(Objects.requireNonNull(rules.get(plan.name())));
      link(service, plan.link(), Objects.requireNonNull(secure.get(plan.name())));
      service.partitions(Optional.ofNullable(partitionings.get(plan.name())));
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very one
  private void link(LoopService service, Link wanted, ClientTls tls) {
    service.tls = tls;
    if (!wanted.equals(service.link)) {
      service.link = wanted;
      for (LoopEndpoint endpoint : endpoints.values()) {
        if (endpoint.service == service) {
          endpoint.closeKept();
        }
      }
    }
  }

  void admit(Endpoint endpoint, InetSocketAddress address) {
    LoopEndpoint known = endpoints.get(endpoint);
    if (known == null) {
      LoopService service = service(endpoint.service());
      LoopEndpoint fresh = new LoopEndpoint(this, endpoint, service, address, System.nanoTime());
      endpoints.put(endpoint, fresh);
      service.add(fresh);
    } else if (known.isDraining()) {
      known.admit();
      known.service.add(known);
    }
  }

  /** Completes when its last request on this loop is answered. */
  CompletableFuture<Void> drain(Endpoint endpoint) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    LoopEndpoint known = endpoints.get(endpoint);
    if (known == null) {
      done.complete(null);
    } else {
      known.service.remove(known);
      known.drain(done);
    }
    return done;
  }

  void forget(Endpoint endpoint) {
    LoopEndpoint known = endpoints.remove(endpoint);
    if (known != null) {
      known.service.remove(known);
      known.drain(new CompletableFuture<>());
    }
  }

  long requests(Endpoint endpoint) {
    LoopEndpoint known = endpoints.get(endpoint);
    return known == null ? 0 : known.tally.requests;
  }

  /** Requests for these keys of a service wait from now on. */
  void hold(String name, Range keys) {
    LoopPartitions by = service(name).partitions;
    if (by != null) {
      by.hold(keys);
    }
  }

  /** Those that have waited ask by the map as it is now. */
  void release(String name) {
    LoopPartitions by = service(name).partitions;
    if (by != null) {
      by.release().forEach(Line.Waiter::askAnew);
    }
  }

  /** How many requests for these keys were given to somebody, and have not ended. */
  int underWay(String name, Range keys) {
    LoopService of = service(name);
    int count = 0;
    for (ClientConnection client : clients) {
      count += client.hasUnderWay(of, keys) ? 1 : 0;
    }
    return count;
  }

  /** Of a service's partitions, in order; empty where it has none. */
  List<PartitionLoad> partitions(String name) {
    LoopService known = services.get(name);
    LoopPartitions by = known == null ? null : known.partitions;
    if (known == null || by == null) {
      return List.of();
    }
    by.all().forEach(p -> p.tally.ejections = known.ejection(p.name).ejections());
    return by.all().stream().map(partition -> PartitionLoad.of(partition, by.table)).toList();
  }

  Statistics statistics() {
    Map<Endpoint, Statistics.Counts> byEndpoint = new HashMap<>();
    endpoints.forEach(
        (endpoint, known) -> {
          known.tally.inFlight = known.outstanding();
          known.tally.ejectedBy = known.isEjected() ? 1 : 0;
          byEndpoint.put(endpoint, known.tally.counts());
        });
    Map<String, Statistics.Counts> byService = new TreeMap<>();
    services.forEach(
        (name, service) -> {
          service.tally.ejections = service.ejections();
          byService.put(name, service.tally.counts());
        });
    return new Statistics(byEndpoint, byService, connections(), ownAnswers);
  }

  private int connections() {
    return Math.max(0, clients.size() + multiplexing.connectionsLessStreams());
  }

  /** Answers what is under way; completes when the last client has gone. */
  CompletableFuture<Void> close() {
    closing = true;
    left();
    return allGone;
  }

  /** Ends all connections, whatever is under way. */
  void end() {
    List.copyOf(clients).forEach(ClientConnection::end);
    multiplexing.end();
    endpoints.values().forEach(LoopEndpoint::closeKept);
    handOverAccesses();
    readBuffers.release();
  }

  boolean isClosing() {
    return closing;
  }

  RoutingTable table() {
    return table;
  }

  /** Made when it is first heard of: by a route, or by an endpoint of it. */
  LoopService service(String name) {
    LoopService known = services.get(name);
    if (known == null) {
      known = new LoopService(name, this);
      services.put(name, known);
    }
    return known;
  }

  /** This loop's share of a bound, at least 1. */
  int share(int bound) {
    return Math.max(1, (int) Math.ceilDiv((long) bound, workers));
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  // ---- clients

  void add(ClientConnection client) {
    client.index = clients.size();
    clients.add(client);
  }

  void remove(ClientConnection client) {
    ClientConnection last = clients.removeLast();
    if (client.index < clients.size()) {
      clients.set(client.index, last);
      last.index = client.index;
    }
    left();
  }

  /** Some connection has ended. */
  void left() {
    if (closing && clients.isEmpty() && multiplexing.isEmpty()) {
      allGone.complete(null);
    }
  }

  /** Counts an answer that concerns no service. */
  void ownAnswer(int status) {
    ownAnswers.merge(status, 1L, Long::sum);
  }

  private void tick() {
    long now = System.nanoTime();
    for (int i = clients.size() - 1; i >= 0; i--) {
      if (i < clients.size()) { // those that are ended leave the list
        clients.get(i).check(now);
      }
    }
    multiplexing.tick(now);
    for (LoopService service : services.values()) {
      service.tick(now);
    }
    for (LoopEndpoint endpoint : endpoints.values()) {
      endpoint.expire(now);
    }
    handOverAccesses();
    flush();
  }

  // ---- buffers and flushes, hot

  /**
   * Settings of a channel whose bytes are not HTTP as they come. It keeps parts of what it reads,
   * and would keep all of the buffer that all others share.
   */
  void prepareSecure(Channel channel) {
    channel.config().setWriteBufferWaterMark(WATER_MARK);
  }

  /** Settings of a channel that reads. */
  void prepare(Channel channel) {
    channel.config().setWriteBufferWaterMark(WATER_MARK);
    if (transports.readsAtOnce()) {
      channel.config().setRecvByteBufAllocator(readBuffers);
    }
  }

  ByteBuf buffer(int bytes) {
    return ByteBufAllocator.DEFAULT.directBuffer(Math.max(LEAST_BUFFER, bytes));
  }

  /**
   * Bytes that were read, to be passed on later. Few are copied: a slice would keep all of the
   * buffer that they came in, so that a client who sends or takes little at a time could have the
   * gateway hold a thousand times that.
   */
  ByteBuf part(ByteBuf in, int from, int length) {
    return length <= COPIED_BYTES
        ? buffer(length).writeBytes(in, from, length)
        : in.retainedSlice(from, length);
  }

  /** All that is left of what was read. */
  ByteBuf rest(ByteBuf in) {
    int length = in.readableBytes();
    ByteBuf rest = part(in, in.readerIndex(), length);
    in.skipBytes(length);
    return rest;
  }

  /** Something was written to a channel, which is to be sent when this round is over. */
  @SuppressWarnings("ReferenceEquality") // this very one
  void toFlush(Channel channel) {
    if (unflushedCount > 0 && unflushed[unflushedCount - 1] == channel) {
      return;
    }
    if (unflushedCount == unflushed.length) {
      unflushed = Arrays.copyOf(unflushed, 2 * unflushedCount);
    }
    unflushed[unflushedCount++] = channel;
  }

  void flush() {
    for (int i = 0; i < unflushedCount; i++) {
      unflushed[i].flush();
    }
    unflushedCount = 0;
  }

  // ---- who is told

  boolean wantsAccess() {
    return desk != null;
  }

  void access(Access access) {
    accesses.add(access);
  }

  private void handOverAccesses() {
    if (desk != null && !accesses.isEmpty()) {
      desk.hand(accesses);
      accesses = new ArrayList<>();
    }
  }

  void bug(Throwable cause) {
    LoggerFactory.getLogger(Gateway.class).error("a connection is closed after an error", cause);
  }
}
