package dev.cubit.scale;

import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.Care.Health;
import dev.cubit.scale.topology.ServicePlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The servers of one service that Cubit has not started: those that the file lists, and those that
 * its names lead to. Its lock guards which there are; it is held while new ones are asked for the
 * first time, which their timeout bounds.
 */
final class ServiceServers {
  private final FixedServers.Ground ground;

  // changed under the lock, read by all
  private final Map<Site, Lookup> lookups = new ConcurrentHashMap<>();
  private final Map<Endpoint, FixedServer> servers = new ConcurrentHashMap<>();
  private final Set<FixedServer> retiring = ConcurrentHashMap.newKeySet();
  private volatile Care care = Care.usual();

  // guarded by the lock
  private Set<Endpoint> listed = Set.of();
  private boolean isStopped;

  ServiceServers(FixedServers.Ground ground) {
    this.ground = ground;
  }

  /**
   * Does what the plan wants, and touches nothing else. New names have been looked up when this
   * returns; where servers go, new ones have been asked before.
   */
  synchronized void apply(ServicePlan plan) {
    care = plan.care();
    Set<Endpoint> addresses = new HashSet<>();
    Set<Site> names = new HashSet<>();
    for (Site site : Site.of(plan)) {
      site.endpoint().ifPresentOrElse(addresses::add, () -> names.add(site));
    }
    listed = addresses;
    look(names);
    settle();
  }

  private void look(Set<Site> names) {
    Map<Site, Lookup> fresh = new HashMap<>();
    for (Site name : names) {
      if (!lookups.containsKey(name)) {
        fresh.put(name, new Lookup(name, ground, this::settle));
      }
    }
    allAtOnce(fresh.values().stream().<Runnable>map(lookup -> lookup::first).toList());
    for (Map.Entry<Site, Lookup> known : lookups.entrySet()) {
      if (!names.contains(known.getKey())) {
        known.getValue().end();
      }
    }
    lookups.keySet().retainAll(names);
    lookups.putAll(fresh);
    fresh.values().forEach(Lookup::begin);
  }

  /** Returns when all are done. */
  static void allAtOnce(List<Runnable> tasks) {
    CompletableFuture.allOf(
            tasks.stream()
                .map(task -> CompletableFuture.runAsync(task, Thread::startVirtualThread))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /** Makes the servers those that are named now. */
  private synchronized void settle() {
    if (isStopped) {
      return;
    }
    Set<Endpoint> wanted = new HashSet<>(listed);
    lookups.values().forEach(lookup -> wanted.addAll(lookup.found()));
    for (Endpoint each : wanted) {
      servers.computeIfAbsent(each, e -> FixedServer.begin(e, ground, this::health));
    }
    List<FixedServer> gone =
        servers.values().stream().filter(s -> !wanted.contains(s.endpoint())).toList();
    if (!gone.isEmpty()) {
      // those that come take over from those that go
      servers.values().stream()
          .filter(s -> wanted.contains(s.endpoint()))
          .forEach(FixedServer::awaitAsked);
    }
    gone.forEach(this::retire);
  }

  private Optional<Health> health() {
    return care.health();
  }

  private void retire(FixedServer server) {
    server.end();
    server.draining();
    retiring.add(server);
    servers.remove(server.endpoint());
    var _ =
        ground
            .gateway()
            .drain(server.endpoint())
            .orTimeout(care.grace().toMillis(), TimeUnit.MILLISECONDS)
            // not on the event loop that has drained it: that one would wait for itself
            .whenCompleteAsync((done, late) -> forget(server), Thread::startVirtualThread);
  }

  /** What is still under way to it may end, though nobody looks any more. */
  private synchronized void forget(FixedServer server) {
    retiring.remove(server);
    boolean isBack = servers.containsKey(server.endpoint());
    if (!isBack && !isStopped) {
      ground.gateway().forget(server.endpoint());
    }
  }

  /** The service has no such servers any more. */
  synchronized void retireAll() {
    listed = Set.of();
    look(Set.of());
    settle();
  }

  /** Asks and looks no more; the gateway keeps what it has. */
  void stop() {
    synchronized (this) {
      isStopped = true;
      lookups.values().forEach(Lookup::end);
      servers.values().forEach(FixedServer::end);
    }
    lookups.values().forEach(Lookup::awaitEnd); // without the lock: it may wait for that
  }

  List<ServerStatus> snapshot() {
    List<ServerStatus> all = new ArrayList<>();
    Stream.concat(servers.values().stream(), retiring.stream())
        .map(FixedServer::status)
        .forEach(all::add);
    lookups.values().forEach(lookup -> lookup.status().ifPresent(all::add));
    all.sort(Comparator.comparing(ServerStatus::name));
    return all;
  }
}
