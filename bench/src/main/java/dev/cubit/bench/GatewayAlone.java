package dev.cubit.bench;

import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.gateway.Transport;
import dev.cubit.scale.topology.Balancing;
import dev.cubit.scale.topology.Care;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The gateway on one event loop in front of servers that run already, until a signal ends it. */
final class GatewayAlone {
  private GatewayAlone() {}

  /**
   * Starts it.
   *
   * @param words the transport, the port to listen on, and the ports of the servers
   */
  public static void main(String[] words) throws Exception {
    int port = Integer.parseInt(words[1]);
    GatewayPlan plan =
        new GatewayPlan(
            "127.0.0.1",
            port,
            Optional.empty(),
            OptionalInt.of(1),
            GatewayPlan.Limits.usual(),
            List.of(),
            Optional.empty());
    ServicePlan hello =
        new ServicePlan(
            "hello",
            List.of(Route.to("/")),
            new Origin.Fixed(List.of()),
            Path.of("."),
            Map.of(),
            1,
            Care.usual(),
            Balancing.usual(),
            Optional.empty());
    Gateway gateway = Gateway.start(plan, Transport.valueOf(words[0]), Optional.empty());
    gateway.apply(new Topology(plan, List.of(hello)));
    for (int i = 2; i < words.length; i++) {
      gateway.admit(
          new Endpoint(
              "hello", "main", "", "hello." + i, "127.0.0.1", Integer.parseInt(words[i]), false));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close));
    System.out.println("listening on " + gateway.port() + " with " + gateway.transport());
    while (true) { // as somebody who scrapes does
      Thread.sleep(1000);
      gateway.statistics();
    }
  }
}
