package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a topology comes from. */
public sealed interface TopologySource {

  /**
   * What it says now.
   *
   * @throws ScaleException with all that is wrong in it
   */
  Topology read() throws ScaleException;

  /** What it is called where the user gives it no name: letters, digits, dots and hyphens. */
  String name();

  /** Where the system's own folder is. */
  Path folder();

  /**
   * A file, which may change.
   *
   * @param environment what variables in it stand for
   */
  record OfFile(Path file, Map<String, String> environment) implements TopologySource {
    public OfFile {
      environment = Map.copyOf(environment);
    }

    @Override
    public Topology read() throws ScaleException {
      return TopologyFile.read(file, environment);
    }

    @Override
    public String name() {
      String name = String.valueOf(file.getFileName()).replaceFirst("(?i)(?<=.)\\.ya?ml$", "");
      return name.replaceAll("[^\\w.-]", "_");
    }

    @Override
    public Path folder() {
      Path whole = file.toAbsolutePath().normalize();
      return Optional.ofNullable(whole.getParent()).orElse(whole);
    }

    /** As the user named it. */
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * One command, cloned, behind a port of the loopback interface; it has all requests.
   *
   * @param clones at least 1
   * @param port 0: a free one
   * @param folder that the clones run in
   */
  record OfCommand(List<String> command, int clones, int port, Path folder)
      implements TopologySource {
    public OfCommand {
      command = List.copyOf(command);
      folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Topology read() {
      Version only = new Version("main", command, Map.of(), 1, Optional.empty());
      ServicePlan service =
          new ServicePlan(
              name(),
              List.of(Route.to("/")),
              new Origin.Started(List.of(only)),
              folder,
              Map.of(),
              clones,
              Care.usual(),
              Balancing.usual(),
              Optional.empty());
      return new Topology(GatewayPlan.on(port), List.of(service));
    }

    @Override
    public String name() {
      return FirstTopology.name(command);
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
      return String.join(" ", command);
    }
  }
}
