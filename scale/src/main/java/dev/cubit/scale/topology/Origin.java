package dev.cubit.scale.topology;

import java.net.URI;
import java.util.List;

/** Who answers for a service. */
public sealed interface Origin {

  /**
   * Processes that Cubit starts.
   *
   * @param versions at least one; several run side by side by their weights
   */
  record Started(List<Version> versions) implements Origin {
    public Started {
      versions = List.copyOf(versions);
    }
  }

  /** Servers that run already: {@code http://host:port} or {@code https://host:port}, no path. */
  record Fixed(List<URI> servers) implements Origin {
    public Fixed {
      servers = List.copyOf(servers);
    }
  }

  /**
   * A name that is asked for again when its TTL is over; all its addresses are servers.
   *
   * @param port 0: an SRV name, which tells the port
   */
  record Named(String name, int port) implements Origin {}
}
