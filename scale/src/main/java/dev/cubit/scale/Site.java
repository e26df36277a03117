package dev.cubit.scale;

import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.topology.Origin;
import dev.cubit.scale.topology.Partitioning;
import dev.cubit.scale.topology.Partitioning.Partition;
import dev.cubit.scale.topology.ServicePlan;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the file says that a service, or a partition of it, has servers: an address, or a name that
 * leads to some.
 *
 * @param partition its name; empty: the service has none, or its servers answer for all
 * @param host address or name
 * @param port 0: an SRV name, which tells the port
 * @param tls whether its servers are spoken to over TLS
 */
record Site(String service, String partition, String host, int port, boolean tls) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Those of a service; empty where Cubit starts its clones. */
  static List<Site> of(ServicePlan plan) {
    return switch (plan.origin()) {
      case Origin.Started _ -> List.of();
      case Origin.Named(String name, int port) ->
          List.of(new Site(plan.name(), "", name, port, false));
      case Origin.Fixed(List<URI> servers) -> {
        List<Site> ofPartitions =
            plan.partitioning().map(Partitioning::partitions).orElse(List.of()).stream()
                .flatMap(p -> p.servers().stream().map(server -> of(plan, p, server)))
                .toList();
        yield ofPartitions.isEmpty()
            ? servers.stream().map(server -> of(plan.name(), "", server)).toList()
            : ofPartitions;
      }
    };
  }

  private static Site of(ServicePlan plan, Partition partition, URI server) {
    return of(plan.name(), partition.name(), server);
  }

  private static Site of(String service, String partition, URI server) {
    String host = server.getHost();
    boolean isBracketed = host.startsWith("[");
    boolean isSecure = "https".equals(server.getScheme());
    int usual = isSecure ? HTTPS_PORT : HTTP_PORT;
    return new Site(
        service,
        partition,
        isBracketed ? host.substring(1, host.length() - 1) : host,
        server.getPort() < 0 ? usual : server.getPort(),
        isSecure);
  }

  /** The server, where this is an address; empty: it is a name. */
  Optional<Endpoint> endpoint() {
    return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(host))
        .map(address -> endpoint(new InetSocketAddress(address, port)));
  }

  /**
   * A server that is found here. It is named for its address and not for its place in a list, so
   * that it is the same one, with the same keys and counts, whatever comes and goes beside it.
   */
  Endpoint endpoint(InetSocketAddress at) {
    InetAddress address = at.getAddress();
    String name =
        service
            + (partition.isEmpty() ? "" : "." + partition)
            + "."
            + NetUtil.toSocketAddressString(at);
    return new Endpoint(
        service,
        "main",
        partition,
        name,
        NetUtil.toAddressString(address),
        at.getPort(),
        tls,
        host);
  }

  /** As the file has it. */
  @Override
  public String toString() {
    return port == 0 ? host : host + ":" + port;
  }
}
