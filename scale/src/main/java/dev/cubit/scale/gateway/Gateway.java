package dev.cubit.scale.gateway;

import dev.cubit.scale.gateway.tls.ClientTls;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.Range;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one way in: takes requests of clients, finds the service, picks one of its endpoints, and
 * passes request and answer on.
 *
 * <p>Each event loop ({@link Worker}) does all of it for its own clients, over its own connections
 * to endpoints: nothing is shared, so nothing is locked. A request goes through these classes:
 *
 * <pre>
 *   ClientConnection ── RequestHead, RequestPath, RoutingTable ──► LoopService
 *         │                                                           │ Balancer
 *      Exchange ── RequestWriter ──► UpstreamConnection ◄──────── LoopEndpoint
 *         ▲                                  │
 *         └── ResponseHead, ResponseWriter ──┘
 * </pre>
 *
 * <p>Its methods may be called on any thread but an event loop's; they return when all loops have
 * done it.
 */
public final class Gateway implements AutoCloseable {
  /** Clients that have come and wait to be accepted. */
  private static final int BACKLOG = 4096;

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final GatewayPlan plan;
  private final Transports transports;
  private final MultiThreadIoEventLoopGroup group;
  private final IdentityHashMap<EventLoop, Worker> byLoop = new IdentityHashMap<>();
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicInteger clients = new AtomicInteger();
  private final @Nullable AccessDesk desk;

  // by service; whoever applies a topology holds this gateway's lock
  private Map<String, ServiceRules> rules = Map.of();
  private Map<String, PartitionTable> partitionings = Map.of();
  private long mapVersion;

  /** By service; also read by who admits endpoints. */
  private volatile Map<String, ClientTls> secure = Map.of();

  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Channel server;
  private Door door = new Door.Plain();

  private Gateway(
      GatewayPlan plan,
      Transports transports,
      Optional<Access.Listener> listener,
      RandomGenerator seeds) {
    this.plan = plan;
    this.transports = transports;
    int loops = plan.workers().orElse(Runtime.getRuntime().availableProcessors());
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, new DefaultThreadFactory("cubit-gateway", true), transports.handlers());
    this.desk = listener.map(AccessDesk::new).orElse(null);
    RoutingTable empty = RoutingTable.of(new Topology(plan, List.of()));
    for (int i = 0; i < loops; i++) {
      EventLoop loop = group.next();
      Worker worker =
          new Worker(loop, transports, plan.limits(), loops, seeds.nextLong(), desk, empty);
      byLoop.put(loop, worker);
      workers.add(worker);
    }
  }

  /** Starts one that nobody is told of. */
  public static Gateway start(GatewayPlan plan) throws ScaleException {
    return start(plan, Transport.AUTO, Optional.empty());
  }

  /**
   * Starts to listen. Until a topology is applied all requests are answered 404.
   *
   * @param listener is told of each request
   * @throws ScaleException where it cannot listen there, or the files of its certificate are not
   *     good
   */
  public static Gateway start(
      GatewayPlan plan, Transport transport, Optional<Access.Listener> listener)
      throws ScaleException {
    return start(plan, transport, listener, new SecureRandom());
  }

  /** One whose choices can be had again. */
  static Gateway start(
      GatewayPlan plan,
      Transport transport,
      Optional<Access.Listener> listener,
      RandomGenerator seeds)
      throws ScaleException {
    Gateway gateway = new Gateway(plan, Transports.of(transport), listener, seeds);
    try {
      gateway.door = Door.of(plan);
      gateway.listen();
      return gateway;
    } catch (ScaleException e) {
      gateway.end();
      throw e;
    }
  }

  private void listen() throws ScaleException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(transports.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(plan.host(), plan.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      String reason = String.valueOf(bound.cause().getMessage());
      throw new ScaleException(
          "the gateway cannot listen on "
              + plan.host()
              + ":"
              + plan.port()
              + (reason.contains("in use")
                  ? ", as another program does: end that, or change gateway.listen"
                  : ": " + reason),
          bound.cause());
    }
    server = bound.channel();
  }

  private void accept(Channel channel) {
    Worker worker = byLoop.get(channel.eventLoop());
    if (worker == null || clients.incrementAndGet() > plan.limits().connections()) {
      clients.decrementAndGet();
      channel.close();
      return;
    }
    channel.closeFuture().addListener(f -> clients.decrementAndGet());
    door.open(channel, worker);
  }

  /** The port that it listens on. */
  public int port() {
    return server != null && server.localAddress() instanceof InetSocketAddress address
        ? address.getPort()
        : plan.port();
  }

  /** As io_uring, epoll or NIO. */
  public String transport() {
    return transports.name();
  }

  /**
   * Routes by this topology from now on. What is under way ends as it was begun. How the gateway
   * itself listens, and its limits, stay as they were at the start. Each loop changes over as a
   * whole; when this returns all have.
   *
   * @throws ScaleException where the key that tokens must be signed with, or the certificates that
   *     servers are to be trusted by, cannot be read: nothing was changed
   */
  public synchronized void apply(Topology topology) throws ScaleException {
    RoutingTable routes = RoutingTable.of(topology);
    Map<String, ServiceRules> next = new HashMap<>();
    for (ServicePlan service : topology.services()) {
      next.put(service.name(), ServiceRules.of(service, rules.get(service.name())));
    }
    Map<String, PartitionTable> tables = partitionings(topology);
    Map<String, ClientTls> tls = secure(topology);
    rules = next;
    secure = tls;
    partitionings = tables;
    onEach(
        worker -> {
          worker.apply(topology, routes, next, tables, tls);
          return true;
        });
  }

  /** How servers are spoken to over TLS, by service; files are read anew. */
  private static Map<String, ClientTls> secure(Topology topology) throws ScaleException {
    Map<String, ClientTls> all = new HashMap<>();
    for (ServicePlan service : topology.services()) {
      all.put(service.name(), ClientTls.of(service.link()));
    }
    return Map.copyOf(all);
  }

  /** What has not changed keeps its table, and so its version. */
  private Map<String, PartitionTable> partitionings(Topology topology) throws ScaleException {
    Map<String, PartitionTable> tables = new HashMap<>();
    for (ServicePlan service : topology.services()) {
      if (service.partitioning().isPresent()) {
        Partitioning plan = service.partitioning().get();
        PartitionTable known = partitionings.get(service.name());
        boolean same = known != null && known.plan().equals(plan);
        tables.put(service.name(), same ? known : PartitionTable.of(plan, ++mapVersion));
      }
    }
    return Map.copyOf(tables);
  }

  /**
   * Speaks to a server over TLS as its service's requests do.
   *
   * @param open a connection to it, which is closed with what is given back
   */
  public Socket secure(Endpoint endpoint, Socket open) throws IOException {
    return secure
        .getOrDefault(endpoint.service(), ClientTls.usual())
        .over(open, endpoint.serverName());
  }

  /** Requests of its service may be sent to it. What was draining no longer does. */
  public void admit(Endpoint endpoint) {
    ClientTls tls = endpoint.tls() ? secure.get(endpoint.service()) : null;
    if (tls != null) {
      tls.prepare();
    }
    // a name is looked up here, not on a loop
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    onEach(
        worker -> {
          worker.admit(endpoint, address);
          return true;
        });
  }

  /**
   * Sends it no new requests, and closes its idle connections.
   *
   * @return completes when its last request has been answered; cancelled where it is admitted again
   *     before
   */
  public CompletableFuture<Void> drain(Endpoint endpoint) {
    return CompletableFuture.allOf(
        onEach(worker -> worker.drain(endpoint)).toArray(CompletableFuture[]::new));
  }

  /**
   * Sends requests for these keys of a service to nobody until {@link #release}: they wait, within
   * the service's bounds and times. When this returns none is sent any more; what is under way goes
   * on, see {@link #underWay}. Another topology may be applied meanwhile.
   */
  public synchronized void hold(String service, Range keys) {
    onEach(
        worker -> {
          worker.hold(service, keys);
          return true;
        });
  }

  /** How many requests for these keys have been sent to somebody and are not answered yet. */
  public int underWay(String service, Range keys) {
    return onEach(worker -> worker.underWay(service, keys)).stream().mapToInt(n -> n).sum();
  }

  /** Sends what {@link #hold} has kept to whom it belongs by now. */
  public synchronized void release(String service) {
    onEach(
        worker -> {
          worker.release(service);
          return true;
        });
  }

  /** Forgets it, with its counts; those of its service stay. */
  public void forget(Endpoint endpoint) {
    onEach(
        worker -> {
          worker.forget(endpoint);
          return true;
        });
  }

  /** How many requests it has been given, repeats included. */
  public long requests(Endpoint endpoint) {
    return onEach(worker -> worker.requests(endpoint)).stream().mapToLong(n -> n).sum();
  }

  /** What was done so far. */
  public Statistics statistics() {
    return onEach(Worker::statistics).stream()
        .reduce(Statistics::plus)
        .orElseGet(() -> new Statistics(Map.of(), Map.of(), 0, Map.of()));
  }

  /**
   * What the partitions of a service carry, in the order of the file; empty where it has none.
   *
   * @param service its name
   */
  public List<PartitionLoad> partitions(String service) {
    return PartitionLoad.joined(onEach(worker -> worker.partitions(service)));
  }

  /** Of none where the gateway is closed: then there is nothing to do, and nothing to tell. */
  private <T> List<T> onEach(Function<Worker, T> task) {
    List<CompletableFuture<T>> all = new ArrayList<>();
    try {
      for (Worker worker : workers) {
        Supplier<T> question = () -> task.apply(worker);
        all.add(worker.ask(question));
      }
    } catch (RejectedExecutionException e) {
      return List.of();
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  /** Closes within ten seconds. */
  @Override
  public void close() {
    close(DRAIN);
  }

  /**
   * Accepts no more clients, answers what is under way and what comes meanwhile with {@code
   * Connection: close}, and ends. A client that asks nothing for a tenth of a second is let go.
   *
   * @param most until what is left is cut off
   */
  public void close(Duration most) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (server != null) {
      server.close().awaitUninterruptibly();
    }
    CompletableFuture<?>[] gone = onEach(Worker::close).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(gone).get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // what is left has had its time
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    onEach(
        worker -> {
          worker.end();
          return true;
        });
    end();
  }

  private void end() {
    door.close();
    // the quiet moment is for channels whose last bytes are on their way
    group
        .shutdownGracefully(20, 2_000, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(3, TimeUnit.SECONDS);
    if (desk != null) {
      desk.close();
    }
  }
}
