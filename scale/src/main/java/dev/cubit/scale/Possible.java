package dev.cubit.scale;

import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;

/** What a file may ask for and this version cannot do: said before anything is begun. */
final class Possible {
  private Possible() {}

  static void require(Topology topology) throws ScaleException {
    for (ServicePlan service : topology.services()) {
      require(service);
    }
  }

  private static void require(ServicePlan service) throws ScaleException {
    String of = "the service '" + service.name() + "' ";
    if (service.care().health().isPresent()
        && service.origin() instanceof Origin.Fixed(var servers)
        && servers.stream().anyMatch(s -> "https".equals(s.getScheme()))) {
      throw new ScaleException(
          of
              + "is at https, where a path cannot be asked for its health yet: take health out, and"
              + " whether the port accepts is what counts");
    }
  }
}
