package dev.cubit.scale;

import dev.cubit.scale.clone.Events;
import dev.cubit.scale.clone.Probe;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The servers behind a gateway that Cubit has not started: {@code at:} and {@code dns:}. Keeps the
 * gateway sending requests to those that are named and well.
 *
 * <pre>
 *   Topology -- Site (a line of the file) --+-- an address ----------------+--> FixedServer --> Gateway
 *                                           +-- a name -- Lookup (DNS) ----+    (asks if well)
 * </pre>
 *
 * <p>Each server and each name has a virtual thread. Its methods may be called on any thread but an
 * event loop's.
 */
public final class FixedServers implements AutoCloseable {
  private final Ground ground;

  /** By name of the service; changed under the lock, read by all. */
  private final Map<String, ServiceServers> services = new ConcurrentSkipListMap<>();

  /** What all servers of a gateway have in common; the events are told on a thread of their own. */
  record Ground(Gateway gateway, Probe probe, Resolver resolver, Events<ServerEvent> events) {}

  /**
   * Those of a gateway: none yet.
   *
   * @param listener told of one event after the other, on a thread of its own
   */
  public FixedServers(Gateway gateway, Consumer<ServerEvent> listener) {
    this(gateway, new Resolver(Optional.empty()), listener);
  }

  /** With a resolver that this closes at its end. */
  FixedServers(Gateway gateway, Resolver resolver, Consumer<ServerEvent> listener) {
    this.ground =
        new Ground(gateway, new Probe(), resolver, new Events<>("server-events", listener));
  }

  /**
   * Makes the servers those of the topology; what is in it as it was before is not touched. Servers
   * that are not in it any more get no new requests and are forgotten when they have answered the
   * last one, new ones get requests when they have answered the first question. Returns when new
   * names have been looked up, which may take some seconds where name servers do not answer.
   */
  public synchronized void apply(Topology topology) {
    Set<String> named = new HashSet<>();
    List<Runnable> changes = new ArrayList<>();
    for (ServicePlan plan : topology.services()) {
      if (!Site.of(plan).isEmpty()) {
        named.add(plan.name());
        ServiceServers servers =
            services.computeIfAbsent(plan.name(), name -> new ServiceServers(ground));
        changes.add(() -> servers.apply(plan));
      }
    }
    services.forEach(
        (name, servers) -> {
          if (!named.contains(name)) {
            changes.add(servers::retireAll);
          }
        });
    ServiceServers.allAtOnce(changes);
  }

  /** All of them, by service and name; also names that lead to none. */
  public List<ServerStatus> snapshot() {
    return services.values().stream().flatMap(service -> service.snapshot().stream()).toList();
  }

  /**
   * Asks and looks no more. The gateway keeps the endpoints as they are, for what is under way:
   * close this one first. Returns when all events have been told.
   */
  @Override
  public synchronized void close() {
    services.values().forEach(ServiceServers::stop);
    ground.probe().close();
    ground.resolver().close();
    ground.events().close();
  }
}
