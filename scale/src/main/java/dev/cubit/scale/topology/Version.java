package dev.cubit.scale.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command of a service.
 *
 * @param name {@code main} where the file names no versions
 * @param command the program and its arguments; {@code {port}} stands for the clone's port
 * @param environment added to that of the service
 * @param weight its share of the requests is this by the sum of all weights; 0: only by header
 * @param header a request that has it goes to this version, whatever the weights say
 */
public record Version(
    String name,
    List<String> command,
    Map<String, String> environment,
    int weight,
    Optional<HeaderMatch> header) {
  public Version {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
