package dev.cubit.scale.gateway;

import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Link;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A gateway as a test wants it, running. */
final class Shop implements AutoCloseable {
  final List<ServicePlan> services = new ArrayList<>();
  private GatewayPlan plan =
      new GatewayPlan(
          "127.0.0.1",
          0,
          Optional.empty(),
          OptionalInt.of(1),
          GatewayPlan.Limits.usual(),
          List.of(),
          Optional.empty());
  private Link link = Link.usual();
  private Optional<GatewayPlan.Tls> tls = Optional.empty();
  private Balancing balancing = Balancing.usual();
  private long seed = new Random().nextLong();
  private Transport transport = Transport.AUTO;
  private Optional<Access.Listener> listener = Optional.empty();
  private @Nullable Gateway running;

  static Shop closed() {
    return new Shop();
  }

  /** Open, with one service at the root that these answer for. */
  static Shop of(Backend... backends) throws ScaleException {
    return closed().service("shop", Route.to("/")).open().admit("shop", backends);
  }

  Shop service(String name, Route... routes) {
    return service(name, Optional.empty(), routes);
  }

  /** One with partitions. */
  Shop partitioned(String name, Partitioning partitioning, Route... routes) {
    return service(name, Optional.of(partitioning), routes);
  }

  private Shop service(String name, Optional<Partitioning> partitioning, Route... routes) {
    services.add(
        new ServicePlan(
            name,
            List.of(routes),
            new Origin.Fixed(List.of()),
            Path.of("."),
            Map.of(),
            1,
            Care.usual(),
            balancing,
            partitioning,
            link));
    return this;
  }

  /** How the services that are named after it are spoken to. */
  Shop link(Link wanted) {
    link = wanted;
    return this;
  }

  /** For the services that are named after it. */
  Shop balancing(Balancing wanted) {
    balancing = wanted;
    return this;
  }

  Shop timeouts(Duration connect, Duration idle, Duration request) {
    return balancing(
        new Balancing(
            balancing.policy(),
            new Balancing.Timeouts(connect, idle, request),
            balancing.bounds(),
            balancing.retries(),
            balancing.ejection(),
            balancing.rate(),
            balancing.slowStart()));
  }

  Shop bounds(int requests, int pending) {
    return balancing(
        new Balancing(
            balancing.policy(),
            balancing.timeouts(),
            new Balancing.Bounds(requests, requests, pending),
            balancing.retries(),
            balancing.ejection(),
            balancing.rate(),
            balancing.slowStart()));
  }

  Shop retries(int attempts, double budget) {
    return balancing(
        new Balancing(
            balancing.policy(),
            balancing.timeouts(),
            balancing.bounds(),
            new Balancing.Retries(attempts, budget),
            balancing.ejection(),
            balancing.rate(),
            balancing.slowStart()));
  }

  Shop limits(GatewayPlan.Limits wanted) {
    return plan(wanted, plan.redirects(), plan.workers());
  }

  Shop redirects(GatewayPlan.Redirect... redirects) {
    return plan(plan.limits(), List.of(redirects), plan.workers());
  }

  Shop tls(GatewayPlan.Tls files) {
    tls = Optional.of(files);
    return plan(plan.limits(), plan.redirects(), plan.workers());
  }

  Shop workers(int loops) {
    return plan(plan.limits(), plan.redirects(), OptionalInt.of(loops));
  }

  private Shop plan(
      GatewayPlan.Limits limits, List<GatewayPlan.Redirect> redirects, OptionalInt workers) {
    plan = new GatewayPlan("127.0.0.1", 0, tls, workers, limits, redirects, Optional.empty());
    return this;
  }

  Shop transport(Transport wanted) {
    transport = wanted;
    return this;
  }

  /** Of all that its gateway leaves to chance. */
  Shop seed(long wanted) {
    seed = wanted;
    return this;
  }

  Shop telling(Access.Listener who) {
    listener = Optional.of(who);
    return this;
  }

  Shop open() throws ScaleException {
    Gateway started = Gateway.start(plan, transport, listener, new Random(seed));
    started.apply(topology());
    running = started;
    return this;
  }

  Topology topology() {
    return new Topology(plan, services);
  }

  static Endpoint endpoint(String service, int number, int port) {
    return new Endpoint(service, "main", "", service + "." + number, "127.0.0.1", port, false);
  }

  /** They answer for the service, as its endpoints 1, 2, ... */
  Shop admit(String service, Backend... backends) {
    for (int i = 0; i < backends.length; i++) {
      gateway().admit(endpoint(service, i + 1, backends[i].port()));
    }
    return this;
  }

  static Endpoint endpoint(String service, String partition, int number, int port) {
    String name = service + "." + partition + "." + number;
    return new Endpoint(service, "main", partition, name, "127.0.0.1", port, false);
  }

  /** They answer for a partition of the service. */
  Shop admitTo(String service, String partition, Backend... backends) {
    for (int i = 0; i < backends.length; i++) {
      gateway().admit(endpoint(service, partition, i + 1, backends[i].port()));
    }
    return this;
  }

  Gateway gateway() {
    return Objects.requireNonNull(running, "the shop is not open");
  }

  /** What was counted of the service shop. */
  Statistics.Counts counts() {
    return countsOf("shop");
  }

  Statistics.Counts countsOf(String service) {
    return Objects.requireNonNull(gateway().statistics().services().get(service));
  }

  Statistics.Counts counts(Endpoint endpoint) {
    return Objects.requireNonNull(gateway().statistics().endpoints().get(endpoint));
  }

  RawClient client() throws IOException {
    return new RawClient(gateway().port());
  }

  /** One request on a connection of its own. */
  RawClient.Answer ask(String request) throws IOException {
    try (RawClient client = client()) {
      return client.ask(request);
    }
  }

  RawClient.Answer get(String target) throws IOException {
    try (RawClient client = client()) {
      return client.get(target);
    }
  }

  @Override
  public void close() {
    if (running != null) {
      running.close(Duration.ofSeconds(1));
    }
  }
}
