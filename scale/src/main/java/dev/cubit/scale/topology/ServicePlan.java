package dev.cubit.scale.topology;

import dev.cubit.scale.topology.Partitioning.Partition;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One functional part behind the gateway (y), how it is cloned (x) and partitioned (z).
 *
 * @param name lower case letters, digits and hyphens
 * @param routes at least one
 * @param folder that its clones run in
 * @param environment of each clone, added to Cubit's own
 * @param clones of each version in each partition; at least 1
 * @param care how clones are started, watched and ended
 * @param balancing how the gateway spreads requests over them
 * @param partitioning empty: every clone answers for every key
 * @param link how the gateway speaks to its servers
 */
public record ServicePlan(
    String name,
    List<Route> routes,
    Origin origin,
    Path folder,
    Map<String, String> environment,
    int clones,
    Care care,
    Balancing balancing,
    Optional<Partitioning> partitioning,
    Link link) {
  public ServicePlan {
    routes = List.copyOf(routes);
    environment = Map.copyOf(environment);
  }

  /** One that is spoken to as usual. */
  public ServicePlan(
      String name,
      List<Route> routes,
      Origin origin,
      Path folder,
      Map<String, String> environment,
      int clones,
      Care care,
      Balancing balancing,
      Optional<Partitioning> partitioning) {
    this(
        name,
        routes,
        origin,
        folder,
        environment,
        clones,
        care,
        balancing,
        partitioning,
        Link.usual());
  }

  /**
   * What its clones of a version in a partition are told: the service's variables, then those of
   * the version, then those of the partition. The later wins.
   */
  public Map<String, String> environment(Version version, Optional<Partition> partition) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(version.environment());
    partition.ifPresent(p -> all.putAll(p.environment()));
    return all;
  }

  /** The same, with keys shared out in that way. */
  public ServicePlan with(Partitioning wanted) {
    return new ServicePlan(
        name,
        routes,
        origin,
        folder,
        environment,
        clones,
        care,
        balancing,
        Optional.of(wanted),
        link);
  }

  /** The same, spoken to in that way. */
  public ServicePlan with(Link wanted) {
    return new ServicePlan(
        name, routes, origin, folder, environment, clones, care, balancing, partitioning, wanted);
  }
}
