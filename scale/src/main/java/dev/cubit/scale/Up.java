package dev.cubit.scale;

import dev.cubit.scale.clone.CloneStatus;
import dev.cubit.scale.clone.Fleet;
import dev.cubit.scale.clone.LogFollower;
import dev.cubit.scale.clone.Patience;
import dev.cubit.scale.control.ControlServer;
import dev.cubit.scale.gateway.Access;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.gateway.Transport;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.TopologySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A running system: the gateway, the clones behind it, and the socket by which other terminals talk
 * to it.
 *
 * <pre>
 *   TopologySource ──► Up ──► Fleet ──(GatewayTraffic)──► Routes ──► Gateway
 *        the file      │      clones    which of them,               requests
 *                      │                by which plan      └──────► FixedServers
 *   cubit ps … ──► ControlServer ── Desk                            those that run elsewhere
 * </pre>
 *
 * Its state is in the folder {@code .cubit/up/NAME} beside the file.
 */
public final class Up implements AutoCloseable {
  private final TopologySource source;
  private final String name;
  private final Instant since = Instant.now();
  private final Notices notices;
  private final Fleet fleet;
  private final Routes routes;
  private final Splits splits;
  private final Meter meter;
  private final Optional<AccessLog> accessLog;
  private final Topology first;
  private final CompletableFuture<Void> ending = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ControlServer control;

  /**
   * Opens it: when this returns the gateway listens, requests wait for clones, and other terminals
   * can talk to it. {@link #begin} starts the clones.
   *
   * @param name of the system's folder
   * @param listener gets all that happens, from any thread
   * @throws ScaleException where the file is wrong, the system is up already, or the gateway cannot
   *     listen: nothing is left behind then
   */
  public static Up open(
      TopologySource source, String name, Transport transport, Consumer<Notice> listener)
      throws ScaleException, InterruptedException {
    Topology topology = source.read();
    Notices notices = new Notices();
    notices.listen(listener);
    Path folder = own(folder(source.folder(), name));
    GatewayTraffic traffic = new GatewayTraffic();
    Fleet fleet = Fleet.open(folder, traffic, notices::tell, Patience.usual());
    try {
      return new Up(source, name, folder, transport, notices, fleet, traffic, topology);
    } catch (ScaleException | RuntimeException | Error e) {
      fleet.close();
      throw e;
    }
  }

  /**
   * Where a system has its state, its socket and its logs.
   *
   * @param beside its file's folder
   */
  public static Path folder(Path beside, String name) {
    return beside.resolve(".cubit").resolve("up").resolve(name);
  }

  private static Path own(Path folder) throws ScaleException {
    try {
      Files.createDirectories(folder);
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException | UnsupportedOperationException e) {
      throw new ScaleException("cannot keep what runs in " + folder + ": " + e, e);
    }
  }

  private Up(
      TopologySource source,
      String name,
      Path folder,
      Transport transport,
      Notices notices,
      Fleet fleet,
      GatewayTraffic traffic,
      Topology topology)
      throws ScaleException {
    this.source = source;
    this.name = name;
    this.notices = notices;
    this.fleet = fleet;
    this.first = topology;
    this.accessLog = topology.gateway().accessLog().map(path -> new AccessLog(path, notices));
    Gateway gateway =
        Gateway.start(topology.gateway(), transport, accessLog.map(log -> (Access.Listener) log));
    try {
      this.routes = new Routes(gateway, new FixedServers(gateway, notices::tell), topology);
      traffic.through(routes);
      this.splits = new Splits(source, routes, fleet, notices);
      this.meter = new Meter(gateway::statistics, Meter.Pace.USUAL);
      this.control = ControlServer.open(folder, new Desk(this), this::tellBug);
    } catch (ScaleException | RuntimeException | Error e) {
      gateway.close();
      throw e;
    }
    if (fleet.leftovers() > 0) {
      notices.tell(
          Notice.bad(
              "", "ended " + fleet.leftovers() + " processes that the system before had left"));
    }
  }

  /**
   * Starts the clones.
   *
   * @return completes when all take requests; fails with a {@link ScaleException} where some do
   *     not, which are tried again and again
   */
  public CompletableFuture<Void> begin() {
    return fleet.apply(first);
  }

  /** Completes when somebody has asked it to end, by {@code cubit down}. */
  public CompletableFuture<Void> ending() {
    return ending;
  }

  /** Where the gateway is reached, as {@code http://127.0.0.1:8080}. */
  public String address() {
    return routes.now().gateway().origin() + ":" + routes.gateway().port();
  }

  /** As io_uring, epoll or NIO. */
  public String transport() {
    return routes.gateway().transport();
  }

  /** How many services it has. */
  public int services() {
    return names().size();
  }

  /** How many clones it has. */
  public int clones() {
    return fleet.snapshot().size();
  }

  /** How many clones take requests. */
  public long working() {
    return fleet.snapshot().stream().filter(c -> c.state() == CloneStatus.State.READY).count();
  }

  /** Hears every line that clones write from now on. */
  public LogFollower follow() {
    return fleet.follow();
  }

  /** What a service goes by now. */
  Optional<ServicePlan> plan(String service) {
    return routes.now().service(service);
  }

  /** Of all services. */
  List<String> names() {
    return routes.now().services().stream().map(ServicePlan::name).toList();
  }

  Fleet fleet() {
    return fleet;
  }

  Gateway gateway() {
    return routes.gateway();
  }

  Notices notices() {
    return notices;
  }

  Splits splits() {
    return splits;
  }

  /**
   * Reads the file again.
   *
   * @throws ScaleException with what is wrong in it, or cannot be
   */
  public Topology read() throws ScaleException {
    return source.read();
  }

  /**
   * Makes the system as a topology has it. What has not changed is not touched.
   *
   * @return completes when all is done; fails with a {@link ScaleException} that says what could
   *     not be, which is as it was before
   */
  public CompletableFuture<Void> become(Topology wanted) {
    try {
      splits.requireNone();
      if (routes.listensOtherwise(wanted.gateway())) {
        notices.tell(
            Notice.bad(
                "",
                "how the gateway listens, its limits and its log have changed in the file: that"
                    + " holds when the system is started again"));
      }
      routes.begin(wanted);
      return fleet.apply(wanted);
    } catch (ScaleException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Asks it to end.
   *
   * @return completes when nothing is left but the socket
   */
  CompletableFuture<Void> down() {
    ending.complete(null);
    return ended;
  }

  private void tellBug(Throwable bug) {
    notices.tell(Notice.bad("", "a bug of Cubit, in what another terminal has asked for: " + bug));
  }

  /** What is up now. It takes a second where nobody has asked for a while. */
  public SystemStatus status() {
    Meter.Reading reading = meter.read();
    return new SystemStatus(
        name,
        source.toString(),
        ProcessHandle.current().pid(),
        since,
        reading.ownCpuPercent(),
        reading.ownRssBytes(),
        new SystemStatus.GatewayLine(address(), transport(), reading.clients(), reading.all()),
        names().stream().map(s -> new SystemStatus.ServiceLine(s, reading.service(s))).toList(),
        fleet.snapshot().stream()
            .map(c -> new SystemStatus.CloneLine(c, reading.endpoint(c.name(), c.port())))
            .toList(),
        routes.servers().snapshot().stream()
            .map(s -> s.carrying(reading.endpoint(s.name(), s.port())))
            .toList());
  }

  /**
   * Answers what is under way, and ends all that it has started: takes no more clients, drains and
   * ends the clones. Returns when nothing is left.
   */
  @Override
  public void close() {
    splits.close(); // else the fleet would wait for its end
    fleet.close();
    meter.close();
    accessLog.ifPresent(AccessLog::close);
    ended.complete(null);
    control.close(); // the last, so that others see it end
  }
}
