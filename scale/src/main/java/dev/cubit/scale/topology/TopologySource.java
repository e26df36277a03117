package dev.cubit.scale.topology;

import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * The file with a range made two, not written yet.
     *
     * @throws ScaleException where the service is written differently than it runs, or the text
     *     cannot be edited so that it means what it should, and nothing else
     */
    public FileEdit edit(RangeSplit split) throws ScaleException {
      String text = TopologyFile.text(file);
      Topology now = TopologyFile.read(file, text, environment);
      ServicePlan running = split.before();
      if (!now.service(running.name()).equals(Optional.of(running))) {
        throw new ScaleException(
            "the service '%s' is not written in %s as it runs: cubit reload first"
                .formatted(running.name(), file));
      }
      String edited = RangeEdit.of(text, file, split);
      List<ServicePlan> services = new ArrayList<>(now.services());
      services.replaceAll(s -> s.equals(running) ? split.after() : s);
      Topology wanted = new Topology(now.gateway(), services);
      if (!means(edited, wanted)) {
        throw new ScaleException(
            "%s is written in a way that cannot be edited by a program, perhaps by aliases: split '%s' in it by hand"
                .formatted(file, split.partition()));
      }
      return new FileEdit(file, text, edited);
    }

    private boolean means(String text, Topology wanted) {
      try {
        return TopologyFile.read(file, text, environment).equals(wanted);
      } catch (ScaleException e) {
        return false;
      }
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
