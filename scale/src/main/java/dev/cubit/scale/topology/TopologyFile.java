package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a cubit.yaml. What may be in it is told in docs/cubit-yaml.md and in cubit.schema.json. */
public final class TopologyFile {
  private TopologyFile() {}

  /**
   * Reads and checks a file.
   *
   * @param environment what {@code ${NAME}} in it stands for, before the file {@code .env} beside
   *     it
   * @throws ScaleException with all that is wrong in it
   */
  public static Topology read(Path file, Map<String, String> environment) throws ScaleException {
    return read(file, text(file), environment);
  }

  /** What is in a file, whether it makes sense or not. */
  static String text(Path file) throws ScaleException {
    return YamlTree.text(file, new Problems(file.toString()));
  }

  /** As if that were in the file. */
  static Topology read(Path file, String text, Map<String, String> environment)
      throws ScaleException {
    Problems problems = new Problems(file.toString());
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file).normalize();
    var root = YamlTree.read(text, file, problems);
    Reading reading = new Reading(problems, new Variables(environment, folder, problems), folder);
    Topology topology = topology(new Section(root, "a cubit.yaml", reading));
    problems.throwIfAny();
    return topology;
  }

  private static Topology topology(Section root) {
    try (root) {
      root.ignore("x-"); // a place for anchors
      GatewayPlan gateway =
          root.take("gateway")
              .map(GatewayReader::of)
              .orElse(GatewayPlan.on(GatewayReader.USUAL_PORT));
      List<ServiceReader.Placed> services = new ArrayList<>();
      Optional<Item> item = root.take("services");
      if (item.isPresent()) {
        Section section = item.get().section("'services'");
        section.all().forEach(service -> services.add(ServiceReader.of(service)));
        if (services.isEmpty() && item.get().isMapping()) {
          item.get().problem("'services' is empty: name one, as `shop: { run: ..., route: / }`");
        }
      } else if (root.isMapping()) {
        root.problem("there are no 'services': name one, as `shop: { run: ..., route: / }`");
      }
      checkRoutes(services);
      return new Topology(gateway, services.stream().map(ServiceReader.Placed::plan).toList());
    }
  }

  /** A request that two services have the same right to. */
  private static void checkRoutes(List<ServiceReader.Placed> services) {
    record Known(String service, RouteReader.Placed placed) {}
    List<Known> known = new ArrayList<>();
    for (ServiceReader.Placed service : services) {
      for (RouteReader.Placed placed : service.routes()) {
        known.stream()
            .filter(other -> same(other.placed().route(), placed.route()))
            .findFirst()
            .ifPresent(
                other ->
                    placed
                        .item()
                        .problem(
                            "'%s' has the route %s as '%s' in line %d has: requests can go to one only"
                                .formatted(
                                    service.plan().name(),
                                    placed.route().path(),
                                    other.service(),
                                    other.placed().item().line())));
        known.add(new Known(service.plan().name(), placed));
      }
    }
  }

  private static boolean same(Route a, Route b) {
    Set<String> methods = a.methods();
    boolean meet =
        methods.isEmpty() ? b.methods().isEmpty() : !Collections.disjoint(methods, b.methods());
    return a.path().equals(b.path())
        && a.host().equals(b.host())
        && a.header().equals(b.header())
        && meet;
  }
}
