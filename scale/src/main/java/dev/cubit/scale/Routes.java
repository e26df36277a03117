package dev.cubit.scale;

import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gateway sends requests by. Where a file has changed, each service changes over by
 * itself, at the moment when its new clones take requests and its old ones still do:
 *
 * <pre>
 *   begin(wanted)      services that are gone have no routes any more
 *   changeOver(plan)   one service, new or changed, when its clones are ready
 * </pre>
 *
 * A service whose new clones do not get ready keeps the plan that it had.
 */
final class Routes {
  private final Gateway gateway;
  private final FixedServers servers;
  private Topology now; // guarded by this

  /** With all routes of a topology at once: before there are clones, requests wait for them. */
  Routes(Gateway gateway, FixedServers servers, Topology first) throws ScaleException {
    this.gateway = gateway;
    this.servers = servers;
    this.now = first;
    become(first);
  }

  Gateway gateway() {
    return gateway;
  }

  FixedServers servers() {
    return servers;
  }

  synchronized Topology now() {
    return now;
  }

  /** Takes away what a topology no longer has, and takes its redirects. */
  synchronized void begin(Topology wanted) throws ScaleException {
    List<ServicePlan> kept =
        now.services().stream().filter(s -> wanted.service(s.name()).isPresent()).toList();
    become(new Topology(listening(now.gateway(), wanted.gateway()), kept));
  }

  /** One service goes by another plan, or is new. */
  synchronized void changeOver(ServicePlan plan) throws ScaleException {
    List<ServicePlan> services = new ArrayList<>(now.services());
    services.replaceAll(s -> s.name().equals(plan.name()) ? plan : s);
    if (now.service(plan.name()).isEmpty()) {
      services.add(plan);
    }
    become(new Topology(now.gateway(), services));
  }

  private synchronized void become(Topology next) throws ScaleException {
    gateway.apply(next);
    servers.apply(next);
    now = next;
  }

  /** How it listens stays as it was at the start. */
  private static GatewayPlan listening(GatewayPlan now, GatewayPlan wanted) {
    return new GatewayPlan(
        now.host(),
        now.port(),
        now.tls(),
        now.workers(),
        now.limits(),
        wanted.redirects(),
        now.accessLog());
  }

  /** Whether that plan asks for what only a new start gives. */
  synchronized boolean listensOtherwise(GatewayPlan wanted) {
    return !listening(now.gateway(), wanted).equals(wanted);
  }

  /** Ends the gateway; a second caller waits for the first. */
  synchronized void end() {
    servers.close();
    gateway.close();
  }
}
