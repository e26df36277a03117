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
    if (service.origin() instanceof Origin.Started(var versions)
        && versions.size() > 1
        && service.partitioning().isPresent()) {
      throw new ScaleException(
          of + "has versions and partitions, which cannot be together yet: take one of them");
    }
  }
}
