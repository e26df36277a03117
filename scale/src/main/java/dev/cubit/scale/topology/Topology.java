package dev.cubit.scale.topology;

import java.util.List;
import java.util.Optional;

/**
 * All services, clones, partitions and routes of one cubit.yaml.
 *
 * @param gateway the one way in
 * @param services in the order of the file; their names differ
 */
public record Topology(GatewayPlan gateway, List<ServicePlan> services) {
  public Topology {
    services = List.copyOf(services);
  }

  /** The service of that name. */
  public Optional<ServicePlan> service(String name) {
    return services.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
