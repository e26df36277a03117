package dev.cubit.scale.topology;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one of the {@code services}. */
final class ServiceReader {
  private static final int MOST_CLONES = 1_000;

  /** What makes sense only for processes that Cubit starts. */
  private static final List<String> OF_CLONES =
      List.of(
          "clones",
          "env",
          "folder",
          "checks",
          "ready-timeout",
          "grace",
          "memory",
          "requests",
          "cpu",
          "share");

  private ServiceReader() {}

  /**
   * A service and where its routes stand.
   *
   * @param routes as in the plan, with their places
   */
  record Placed(ServicePlan plan, List<RouteReader.Placed> routes) {}

  static Placed of(Item item) {
    String name = item.name();
    if (!OriginReader.NAME.matcher(name).matches()) {
      item.keyProblem(
          "a service's name has lower case letters, digits and hyphens, at most 63, and begins with"
              + " a letter; '"
              + name
              + "' has not");
    }
    try (Section service = item.section("service '" + name + "'")) {
      Optional<Item> partitions = service.take("partitions");
      Optional<Partitioning> partitioning = partitions.map(PartitionReader::of);
      Origin origin = OriginReader.of(service, PartitionReader.servers(partitioning));
      partitions.ifPresent(key -> requireOneVersion(key, origin, name));
      Optional<Item> route = service.take("route");
      if (route.isEmpty() && item.isMapping()) {
        item.keyProblem("service '" + name + "' wants a route, as `route: /" + name + "`");
      }
      List<RouteReader.Placed> routes = route.map(RouteReader::of).orElse(List.of());
      ServicePlan plan =
          new ServicePlan(
              name,
              routes.stream().map(RouteReader.Placed::route).toList(),
              origin,
              service.take("folder").map(ServiceReader::folder).orElse(item.reading().folder()),
              service
                  .take("env")
                  .map(env -> OriginReader.environment(env, service.has("share")))
                  .orElse(Map.of()),
              service.take("clones").map(ServiceReader::clones).orElse(1),
              CareReader.of(service),
              BalancingReader.of(service),
              partitioning,
              LinkReader.of(service, origin));
      boolean runsElsewhere =
          origin instanceof Origin.Named
              || (origin instanceof Origin.Fixed fixed && !fixed.servers().isEmpty());
      if (runsElsewhere) {
        refuse(service, name);
      }
      return new Placed(plan, routes);
    }
  }

  /** A request would have to be shared out by its key and by weight at once. */
  private static void requireOneVersion(Item partitions, Origin origin, String name) {
    if (origin instanceof Origin.Started(List<Version> versions) && versions.size() > 1) {
      partitions.keyProblem(
          "'%s' has several versions and partitions, which cannot be together yet: take one of them out"
              .formatted(name));
    }
  }

  private static void refuse(Section service, String name) {
    for (String key : OF_CLONES) {
      service
          .take(key)
          .ifPresent(
              item ->
                  item.keyProblem(
                      "'%s' is for clones that Cubit starts, and '%s' has no command: take it out"
                          .formatted(key, name)));
    }
  }

  private static int clones(Item item) {
    if (item.isScalar() && !item.isNull() && item.anyText().equals("auto")) {
      return Runtime.getRuntime().availableProcessors();
    }
    return item.whole(1, MOST_CLONES, 1);
  }

  private static Path folder(Item item) {
    Path folder = item.path();
    if (!Files.isDirectory(folder)) {
      item.problem("there is no folder " + folder);
    }
    return folder;
  }
}
