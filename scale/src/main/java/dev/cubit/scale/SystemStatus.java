package dev.cubit.scale;

import dev.cubit.scale.clone.CloneStatus;
import java.time.Instant;
import java.util.List;

/**
 * What is up, as {@code cubit ps} shows it.
 *
 * @param name of the system
 * @param from the file or the command, as the user named it
 * @param pid of {@code cubit up}
 * @param cpuPercent of that process, without its clones; 100 is one core
 * @param rssBytes likewise
 * @param services in the order of the file
 * @param clones by service in the order of the file, then by version, partition and number
 * @param servers that run elsewhere
 */
public record SystemStatus(
    String name,
    String from,
    long pid,
    Instant since,
    double cpuPercent,
    long rssBytes,
    GatewayLine gateway,
    List<ServiceLine> services,
    List<CloneLine> clones,
    List<ServerStatus> servers) {
  public SystemStatus {
    services = List.copyOf(services);
    clones = List.copyOf(clones);
    servers = List.copyOf(servers);
  }

  /**
   * The one way in.
   *
   * @param address as {@code http://127.0.0.1:8080}
   * @param transport as {@code io_uring}
   * @param clients connections that are open
   */
  public record GatewayLine(String address, String transport, long clients, Load load) {}

  /** A service as clients see it. */
  public record ServiceLine(String name, Load load) {}

  /** A clone, and what it carries. */
  public record CloneLine(CloneStatus status, Load load) {}
}
