package dev.cubit.cli;

import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.Route;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.Version;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a cubit.yaml would run, in a few lines or as JSON. */
final class TopologyOverview {
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
          .build();

  private TopologyOverview() {}

  static String text(String file, Topology topology) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICE", "ROUTES", "CLONES", "PARTITIONS", "FROM"));
    for (ServicePlan service : topology.services()) {
      rows.add(
          List.of(
              service.name(),
              joined(service.routes().stream().map(TopologyOverview::words)),
              clones(service),
              service.partitioning().map(p -> joined(names(p).stream())).orElse("-"),
              from(service.origin())));
    }
    return "%s is right: %d %s on %s%n%n%s"
        .formatted(
            file,
            topology.services().size(),
            topology.services().size() == 1 ? "service" : "services",
            address(topology),
            Columns.of(rows));
  }

  private static String address(Topology topology) {
    int port = topology.gateway().port();
    return topology.gateway().origin() + (port == 0 ? ", at a free port" : ":" + port);
  }

  private static String words(Route route) {
    return Stream.of(
            route.methods().stream().sorted().collect(Collectors.joining(",")),
            route.host().orElse("") + route.path(),
            route.header().map(h -> "(" + h.name() + ": " + h.value() + ")").orElse(""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String clones(ServicePlan service) {
    int places = places(service);
    return places == 0
        ? "-"
        : places == 1
            ? "" + service.clones()
            : places * service.clones() + " (" + service.clones() + " each)";
  }

  /** How often its clones are there: for each version in each partition. */
  private static int places(ServicePlan service) {
    int partitions = service.partitioning().map(p -> p.partitions().size()).orElse(1);
    return service.origin() instanceof Origin.Started(List<Version> versions)
        ? versions.size() * partitions
        : 0;
  }

  private static List<String> names(Partitioning partitioning) {
    return partitioning.partitions().stream().map(Partition::name).toList();
  }

  private static String from(Origin origin) {
    return switch (origin) {
      case Origin.Started(List<Version> versions) ->
          joined(
              versions.stream()
                  .map(
                      v ->
                          (versions.size() > 1 ? v.name() + ": " : "")
                              + String.join(" ", v.command())));
      case Origin.Fixed(List<URI> servers) -> joined(servers.stream().map(URI::toString));
      case Origin.Named(String name, int port) -> "dns " + name + (port == 0 ? "" : ":" + port);
    };
  }

  private static String joined(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }

  static String json(Topology topology) {
    ObjectNode root = JSON.createObjectNode();
    root.put("valid", true);
    root.putObject("gateway")
        .put("host", topology.gateway().host())
        .put("port", topology.gateway().port())
        .put("tls", topology.gateway().tls().isPresent());
    ArrayNode services = root.putArray("services");
    for (ServicePlan service : topology.services()) {
      ObjectNode node = services.addObject().put("name", service.name());
      ArrayNode routes = node.putArray("routes");
      service.routes().forEach(route -> routes.add(words(route)));
      node.put("clones", places(service) * service.clones());
      ArrayNode partitions = node.putArray("partitions");
      service.partitioning().ifPresent(p -> names(p).forEach(partitions::add));
      node.put("from", from(service.origin()));
    }
    return JSON.writeValueAsString(root);
  }

  static String json(ScaleException wrong) {
    ObjectNode root = JSON.createObjectNode().put("valid", false);
    ArrayNode problems = root.putArray("problems");
    wrong
        .problems()
        .forEach(
            p ->
                problems
                    .addObject()
                    .put("file", p.file())
                    .put("line", p.line())
                    .put("column", p.column())
                    .put("sentence", p.sentence()));
    if (wrong.problems().isEmpty()) {
      problems.addObject().put("sentence", String.valueOf(wrong.getMessage()));
    }
    return JSON.writeValueAsString(root);
  }
}
