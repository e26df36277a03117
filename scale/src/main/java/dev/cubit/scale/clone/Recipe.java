package dev.cubit.scale.clone;

import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.ServicePlan;
import dev.cubit.scale.topology.Version;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that makes a process of a service what it is: where two recipes are equal, the process need
 * not be replaced. {@code {port}} stands for its port, in the command and in values of the
 * environment.
 *
 * @param cores that it may use
 */
record Recipe(
    List<String> command,
    Path folder,
    Map<String, String> environment,
    OptionalDouble cores,
    boolean sharePort) {
  private static final String PORT = "{port}";

  Recipe {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  static Recipe of(ServicePlan plan, Version version, Optional<Partition> partition) {
    return new Recipe(
        version.command(),
        plan.folder(),
        plan.environment(version, partition),
        plan.care().cores(),
        plan.care().sharePort());
  }

  List<String> commandOn(int port) {
    return command.stream().map(word -> word.replace(PORT, Integer.toString(port))).toList();
  }

  Map<String, String> environmentOn(int port) {
    Map<String, String> on = new HashMap<>();
    environment.forEach((name, value) -> on.put(name, value.replace(PORT, Integer.toString(port))));
    on.put("PORT", Integer.toString(port));
    if (sharePort) {
      on.put("REUSE_PORT", "1");
    }
    return on;
  }
}
