package dev.cubit.scale.topology;

import java.nio.file.Path;
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
    Optional<Partitioning> partitioning) {
  public ServicePlan {
    routes = List.copyOf(routes);
    environment = Map.copyOf(environment);
  }
}
