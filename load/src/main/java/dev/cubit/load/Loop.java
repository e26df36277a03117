package dev.cubit.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop of a load: its thread, its share of the connections, its counts. Everything here
 * but the constructor runs on its thread.
 *
 * <pre>
 *   OPENING ── begin() ──► RUNNING ── end() ──► ENDING ── all answered, or grace over ──► OVER
 *      all tried            time up, budget spent, stopped
 * </pre>
 */
final class Loop {
  private enum Phase {
    OPENING,
    RUNNING,
    ENDING,
    OVER
  }

  /** At most so many connections are being opened at a time: a server's backlog is short. */
  private static final int OPENING_AT_A_TIME = 128;

  final LoadPlan plan;
  final int index;
  final List<Connection> connections = new ArrayList<>();
  final long timeoutNanos;
  final long maxRequestsEach;
  final int requestsBeforeReconnect;

  /** Where response heads are copied to be read; an array is quicker to read than a buffer. */
  final byte[] scratch = new byte[16 * 1024];

  Tally tally;
  int inFlight;

  private final EventLoop executor;
  private final Transports transport;
  private final Optional<SslContext> tls;
  private final Consumer<Snapshot> snapshots;
  private final Runnable failure;
  private final boolean open;
  private final long seed;
  private final boolean counted;

  /** What is sent, by endpoint. */
  private final List<PreparedRequest[]> ready = new ArrayList<>();

  private final CompletableFuture<Integer> allTried = new CompletableFuture<>();
  private Phase phase = Phase.OPENING;
  private Dispatch dispatch = new Dispatch.Closed(this);
  private long budget;
  private int toOpen;
  private int tried;
  private int done;
  private long began;
  private long cpuAtBegin;
  private long lastSeenOpen;
  private @Nullable Future<?> timeUp;
  private int channels;
  private final CompletableFuture<Void> allClosed = new CompletableFuture<>();

  /**
   * A loop's counts since the snapshot before.
   *
   * @param at when it was taken, nanoseconds since the begin
   * @param kind what it closes
   * @param busyShare CPU time of the loop's thread by time since the begin, 0 to 1
   */
  record Snapshot(int loop, Tally tally, long at, Kind kind, double busyShare) {
    enum Kind {
      /** A sample interval. */
      TICK,
      /** The measured time; the last sample. */
      END,
      /** The grace time. */
      OVER
    }
  }

  Loop(
      LoadPlan plan,
      int index,
      EventLoop executor,
      Transports transport,
      List<Endpoint> endpoints,
      Optional<SslContext> tls,
      Consumer<Snapshot> snapshots,
      Runnable failure)
      throws LoadException {
    this.plan = plan;
    this.index = index;
    this.executor = executor;
    this.transport = transport;
    this.tls = tls;
    this.snapshots = snapshots;
    this.failure = failure;
    this.open = !(plan.pace() instanceof Pace.AsAnswered);
    this.tally = new Tally(open);
    this.timeoutNanos = plan.timeout().toNanos();
    this.maxRequestsEach = plan.connections().maxRequestsEach().orElse(Long.MAX_VALUE);
    this.requestsBeforeReconnect = plan.connections().requestsBeforeReconnect();
    this.counted = plan.extent() instanceof Extent.Count;
    this.budget = share();
    this.seed = plan.variables().map(Variables::seed).orElse(1L);
    Values values =
        new Values(
            plan.variables().orElse(new Variables(Optional.empty(), 1)), index, plan.threads());
    for (Endpoint endpoint : endpoints) {
      PreparedRequest[] requests = new PreparedRequest[endpoint.requests().size()];
      for (int i = 0; i < requests.length; i++) {
        requests[i] =
            new PreparedRequest(
                endpoint.requests().get(i), plan.variables(), values, requestsBeforeReconnect == 1);
      }
      ready.add(requests);
    }
    for (int i = index; i < plan.connections().count(); i += plan.threads()) {
      Endpoint endpoint = endpoints.get(i % endpoints.size());
      connections.add(new Connection(this, i, endpoint, ready.get(i % endpoints.size())));
    }
  }

  private long share() {
    long all =
        plan.extent() instanceof Extent.Count count
            ? count.requests()
            : plan.maxRequests().orElse(Long.MAX_VALUE);
    if (all == Long.MAX_VALUE) {
      return all;
    }
    return all / plan.threads() + (index < all % plan.threads() ? 1 : 0);
  }

  // ---- opening

  /** Opens all connections; completes with how many are open once each was tried. */
  CompletableFuture<Integer> openAll() {
    executor.execute(
        () -> {
          sharpenTimers();
          while (toOpen < Math.min(OPENING_AT_A_TIME, connections.size())) {
            connections.get(toOpen++).open();
          }
        });
    return allTried;
  }

  /**
   * Linux lets a thread's timers be up to 50 us late, which in the open model would be added to
   * every latency; proc(5), timerslack_ns. Where it cannot be set, lateness shows it.
   */
  private static void sharpenTimers() {
    try {
      Path thread = Path.of("/proc/thread-self").toRealPath().getFileName();
      Files.writeString(Path.of("/proc/" + thread + "/timerslack_ns"), "1");
    } catch (IOException | RuntimeException e) {
      // not Linux, or not allowed: the lateness that follows is measured and shown
    }
  }

  void tried() {
    tried++;
    if (toOpen < connections.size()) {
      connections.get(toOpen++).open();
    }
    if (tried == connections.size()) {
      allTried.complete((int) connections.stream().filter(Connection::isOpen).count());
    }
  }

  ChannelFuture connect(Connection connection, SocketAddress address) {
    int pipelining = plan.connections().pipelining();
    boolean http2 = plan.connections().protocol() == Protocol.HTTP_2;
    return new Bootstrap()
        .group(executor)
        .channel(connection.endpoint.unixSocket().isPresent() ? transport.unix() : transport.tcp())
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) Math.min(plan.timeout().toMillis(), Integer.MAX_VALUE))
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channels++;
                channel.closeFuture().addListener(f -> channelClosed());
                if (connection.endpoint.unixSocket().isEmpty()) {
                  channel.config().setOption(ChannelOption.TCP_NODELAY, true);
                }
                if (connection.endpoint.secure() && tls.isPresent()) {
                  channel.pipeline().addLast(handshake(channel, connection.endpoint, tls.get()));
                }
                if (http2) {
                  Http2Wire.addTo(channel.pipeline(), connection);
                } else {
                  channel.pipeline().addLast(new Http1Wire(connection, pipelining));
                }
              }
            })
        .connect(address);
  }

  private void channelClosed() {
    channels--;
    if (phase == Phase.OVER && channels == 0) {
      allClosed.complete(null);
    }
  }

  /** Completes when the loop is over and its last channel is closed: its thread may then end. */
  CompletableFuture<Void> allClosed() {
    return allClosed;
  }

  private SslHandler handshake(Channel channel, Endpoint endpoint, SslContext context) {
    String name = plan.connections().tls().serverName().orElse(endpoint.host());
    SslHandler handler = context.newHandler(channel.alloc(), name, endpoint.port());
    handler.setHandshakeTimeoutMillis(plan.timeout().toMillis());
    return handler;
  }

  // ---- running

  /** Begins to send, at a moment that is the same for all loops. */
  void begin(long beginNanos) {
    executor.execute(
        () -> {
          phase = Phase.RUNNING;
          began = beginNanos;
          lastSeenOpen = beginNanos;
          cpuAtBegin = cpuNanos();
          dispatch = Dispatch.of(this, beginNanos);
          scheduleTick(1);
          scheduleTimeouts();
          if (plan.extent() instanceof Extent.Time time) {
            long left = beginNanos + time.duration().toNanos() - System.nanoTime();
            timeUp = executor.schedule(this::end, Math.max(0, left), TimeUnit.NANOSECONDS);
          }
          dispatch.begin(System.nanoTime());
          endIfSpent();
        });
  }

  /** Runs something on this thread. */
  void execute(Runnable task) {
    executor.execute(task);
  }

  void later(long millis, Runnable task) {
    executor.schedule(task, millis, TimeUnit.MILLISECONDS);
  }

  /** Runs something at a time of {@link System#nanoTime}. */
  void at(long nanos, long now, Runnable task) {
    executor.schedule(task, Math.max(0, nanos - now), TimeUnit.NANOSECONDS);
  }

  private void scheduleTick(long number) {
    long interval = plan.sampleInterval().toNanos();
    long due = began + number * interval;
    // a last interval that would be shorter than a tenth is left to the one before
    if (plan.extent() instanceof Extent.Time time
        && number * interval > time.duration().toNanos() - interval / 10) {
      return;
    }
    at(
        due,
        System.nanoTime(),
        () -> {
          if (phase == Phase.RUNNING) {
            handOver(Snapshot.Kind.TICK, System.nanoTime());
            scheduleTick(number + 1);
          }
        });
  }

  private void handOver(Snapshot.Kind kind, long now) {
    Tally full = tally;
    full.close();
    tally = new Tally(open);
    long since = now - began;
    double busy = since <= 0 ? 0 : (cpuNanos() - cpuAtBegin) / (double) since;
    snapshots.accept(new Snapshot(index, full, since, kind, Math.min(1, busy)));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void scheduleTimeouts() {
    long interval = Math.clamp(timeoutNanos / 20, 1_000_000L, 50_000_000L);
    executor.schedule(this::checkTimeouts, interval, TimeUnit.NANOSECONDS);
  }

  private void checkTimeouts() {
    if (phase == Phase.OVER) {
      return;
    }
    long now = System.nanoTime();
    boolean anyOpen = false;
    for (Connection connection : connections) {
      connection.checkTimeouts(now);
      anyOpen |= connection.isOpen();
    }
    if (anyOpen) {
      lastSeenOpen = now;
    } else if (counted && phase == Phase.RUNNING && now - lastSeenOpen > timeoutNanos) {
      end(); // the target is gone, and a load by count would wait for it for ever
    }
    scheduleTimeouts();
  }

  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  boolean isOpening() {
    return phase == Phase.OPENING;
  }

  boolean opensAgain() {
    return phase == Phase.OPENING || (phase == Phase.RUNNING && !isSpent());
  }

  /** Takes one request from what the plan allows this loop; false where nothing is left. */
  boolean spend() {
    if (phase != Phase.RUNNING || budget == 0) {
      return false;
    }
    budget--;
    return true;
  }

  boolean isSpent() {
    return budget == 0;
  }

  long budget() {
    return budget;
  }

  long seed() {
    return seed;
  }

  /** A connection can send, or has ended a request. */
  void free(Connection connection, long now) {
    if (phase == Phase.RUNNING) {
      dispatch.free(connection, now);
      if (inFlight == 0) {
        endIfSpent();
      }
      if (connection.isDone() && !connection.counted) {
        connection.counted = true;
        if (++done == connections.size()) {
          end();
        }
      }
    } else if (phase == Phase.ENDING && inFlight == 0) {
      over();
    }
  }

  private void endIfSpent() {
    if (phase == Phase.RUNNING && isSpent() && inFlight == 0) {
      end();
    }
  }

  /** A connection's channel is gone. */
  void closed(Connection connection) {
    if (phase == Phase.RUNNING) {
      if (connection.isDone()) {
        free(connection, System.nanoTime());
      } else if (opensAgain()) {
        connection.open();
      }
      endIfSpent();
    } else if (phase == Phase.ENDING && inFlight == 0) {
      over();
    }
  }

  // ---- counting

  void answered(Flight flight, long now, int status, long bodyBytes) {
    Tally t = tally;
    t.responses++;
    t.statuses[status]++;
    t.body(bodyBytes);
    if (!plan.excludeErrorResponses() || (status >= 200 && status < 300)) {
      Tally.record(t.service, now - flight.sentNanos);
      if (open) {
        Tally.record(t.planned, now - flight.plannedNanos);
      }
    }
  }

  void check(List<Check> checks, int status, UnaryOperator<String> headers, BodyCheck body) {
    for (Check check : checks) {
      String mismatch = Mismatch.of(check, status, headers, body);
      if (!mismatch.isEmpty()) {
        tally.mismatches++;
        if (tally.mismatchExample.isEmpty()) {
          tally.mismatchExample = mismatch;
        }
        failure.run();
        return;
      }
    }
  }

  void failed(ErrorKind kind, String example) {
    tally.error(kind, example);
    failure.run();
  }

  void failedToOpen(ErrorKind kind, String example) {
    failed(kind, example);
    if (counted && phase == Phase.RUNNING) {
      spend(); // a request that could not be sent: the amount comes to an end all the same
      endIfSpent();
    }
  }

  void failedAfter(long nanos) {
    Tally.record(tally.failed, nanos);
  }

  void late(long nanos) {
    Tally.record(tally.lateness, nanos);
  }

  void waited(long nanos) {
    Tally.record(tally.connectionWait, nanos);
  }

  void unsent(long waitedNanos, long count) {
    tally.unsent += count;
    tally.failed.recordValueWithCount(Math.min(waitedNanos / 1000, Tally.LONGEST_MICROS), count);
  }

  // ---- ending

  /** Ends the measured time; answers still due are waited for. */
  void end() {
    if (phase != Phase.RUNNING) {
      return;
    }
    endMeasuredTime();
    if (inFlight == 0) {
      over();
    } else {
      later(plan.grace().toMillis(), this::over);
    }
  }

  /** At one moment: planned starts are counted to the end that the result tells. */
  private void endMeasuredTime() {
    long now = System.nanoTime();
    dispatch.end(now);
    phase = Phase.ENDING;
    handOver(Snapshot.Kind.END, now);
  }

  /** Ends everything now. */
  void over() {
    if (phase == Phase.OVER) {
      return;
    }
    if (phase == Phase.RUNNING) {
      endMeasuredTime();
    }
    phase = Phase.OVER;
    if (timeUp != null) {
      timeUp.cancel(false); // the thread goes on, and would keep all of this until then
    }
    long now = System.nanoTime();
    for (Connection connection : connections) {
      connection.end(now);
    }
    handOver(Snapshot.Kind.OVER, now);
    if (channels == 0) {
      allClosed.complete(null);
    }
    for (PreparedRequest[] requests : ready) {
      for (PreparedRequest request : requests) {
        request.release();
      }
    }
  }
}
