package dev.cubit.bench;

import dev.cubit.scale.clone.Clone;
import dev.cubit.scale.clone.Fleet;
import dev.cubit.scale.clone.Patience;
import dev.cubit.scale.clone.Traffic;
import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.Version;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How many requests are lost while three clones are reloaded one by one: on one port shared by the
 * kernel (SO_REUSEPORT), and on ports of their own behind a client that is told of drains, as the
 * gateway is. Each with a connection a request, and with connections that are kept. A line of a
 * table each.
 */
public final class PortSharing {
  private static final int CLONES = 3;
  private static final int CLIENTS = 16;

  /** Of each client between two requests, so that the machine has room for clones that start. */
  private static final long PAUSE_MILLIS = 5;

  private final boolean shared;
  private final boolean kept;
  private final Map<Clone, AtomicLong> taking = new ConcurrentHashMap<>();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile boolean stopped;

  private PortSharing(boolean shared, boolean kept) {
    this.shared = shared;
    this.kept = kept;
  }

  /** The words: how many reloads, a folder, and the command of a service that knows REUSE_PORT. */
  public static void main(String[] arguments) throws Exception {
    int reloads = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    List<String> command = List.of(arguments).subList(2, arguments.length);
    System.out.println("| clones | connections | requests | reloads | lost |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (boolean shared : new boolean[] {true, false}) {
      for (boolean kept : new boolean[] {false, true}) {
        new PortSharing(shared, kept).measure(reloads, folder, command);
      }
    }
  }

  private void measure(int reloads, Path folder, List<String> command) throws Exception {
    try (Fleet fleet = Fleet.open(folder, new Told(), event -> {}, Patience.usual())) {
      fleet.apply(topology(command)).get(2, TimeUnit.MINUTES);
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Thread.ofPlatform().start(this::ask));
      }
      for (int i = 0; i < reloads; i++) {
        fleet.reload("hello").get(2, TimeUnit.MINUTES);
      }
      stopped = true;
      for (Thread client : clients) {
        client.join();
      }
    }
    System.out.printf(
        "| %s | %s | %d | %d | %d |%n",
        shared ? "share a port" : "have their own, drained",
        kept ? "kept" : "one a request",
        answered.get(),
        reloads,
        lost.get());
  }

  private Topology topology(List<String> command) {
    Care care =
        new Care(
            Optional.empty(),
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            shared);
    Version version = new Version("main", command, Map.of(), 1, Optional.empty());
    ServicePlan plan =
        new ServicePlan(
            "hello",
            List.of(Route.to("/")),
            new Origin.Started(List.of(version)),
            Path.of("").toAbsolutePath(),
            Map.of("EVENT_LOOPS", "1", "LOG_LEVEL", "warn"),
            CLONES,
            care,
            Balancing.usual(),
            Optional.empty());
    return new Topology(GatewayPlan.on(0), List.of(plan));
  }

  /** Counts what is under way to each clone, so that a drain has an end. */
  private final class Told implements Traffic {
    @Override
    public void admit(Clone clone) {
      taking.put(clone, new AtomicLong());
    }

    @Override
    public void suspend(Clone clone) {}

    @Override
    public void resume(Clone clone) {}

    @Override
    public CompletableFuture<Void> drain(Clone clone) {
      AtomicLong underWay = taking.remove(clone);
      return CompletableFuture.runAsync(
          () -> {
            // on a shared port nobody knows which clone a request is on
            while (!shared && underWay != null && underWay.get() > 0) {
              LockSupport.parkNanos(1_000_000);
            }
          });
    }

    @Override
    public void forget(Clone clone) {
      taking.remove(clone);
    }

    @Override
    public long requests(Clone clone) {
      return 0;
    }

    @Override
    public void changeOver(ServicePlan plan) {}

    @Override
    public void end() {}
  }

  private void ask() {
    Map<Clone, Socket> connections = new HashMap<>();
    while (!stopped) {
      LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
      List<Clone> all = List.copyOf(taking.keySet());
      if (all.isEmpty()) {
        continue;
      }
      Clone clone = all.get(ThreadLocalRandom.current().nextInt(all.size()));
      AtomicLong underWay = taking.get(clone);
      if (underWay == null) {
        continue;
      }
      underWay.incrementAndGet();
      try {
        if (taking.containsKey(clone)) { // else it was drained before it was counted
          ask(clone, connections);
          answered.incrementAndGet();
        }
      } catch (IOException e) {
        lost.incrementAndGet();
        connections.remove(clone);
      } finally {
        underWay.decrementAndGet();
      }
    }
    connections.values().forEach(PortSharing::close);
  }

  private void ask(Clone clone, Map<Clone, Socket> connections) throws IOException {
    Socket socket = connections.remove(clone);
    if (socket == null) {
      socket = new Socket(clone.host(), clone.port());
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
    }
    try {
      String head = kept ? "\r\n" : "connection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(("GET / HTTP/1.1\r\nhost: x\r\n" + head).getBytes(StandardCharsets.US_ASCII));
      if (readAnswer(new BufferedInputStream(socket.getInputStream())) && kept) {
        connections.put(clone, socket);
        socket = null;
      }
    } finally {
      if (socket != null) {
        close(socket);
      }
    }
  }

  /** Whether the connection may be used again. */
  private static boolean readAnswer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed without an answer");
      }
      head.append((char) next);
    }
    if (in.readNBytes(12).length < 12) { // Hello World
      throw new IOException("cut off");
    }
    return head.indexOf("connection: close") < 0;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // nothing is asked of it any more
    }
  }
}
