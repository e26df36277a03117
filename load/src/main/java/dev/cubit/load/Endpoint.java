package dev.cubit.load;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where connections of a plan go to, with the requests that are sent there.
 *
 * @param addresses the name's addresses in the resolver's order; empty where it does not resolve
 */
record Endpoint(
    String host,
    int port,
    boolean secure,
    Optional<Path> unixSocket,
    List<SocketAddress> addresses,
    List<Request> requests) {

  /** The endpoints of a plan, in order of their first request; names are resolved here, once. */
  static List<Endpoint> of(LoadPlan plan, Transports transport) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Request request : plan.requests()) {
      Optional<Endpoint> known =
          endpoints.stream()
              .filter(e -> e.serves(request, plan.connections().unixSocket().isPresent()))
              .findFirst();
      if (known.isPresent()) {
        known.get().requests().add(request);
      } else {
        List<Request> requests = new ArrayList<>(List.of(request));
        Optional<Path> socket = plan.connections().unixSocket();
        endpoints.add(
            new Endpoint(
                request.host(),
                request.port(),
                request.secure(),
                socket,
                socket.map(s -> unix(s, transport)).orElseGet(() -> resolve(request)),
                requests));
      }
    }
    return endpoints;
  }

  private boolean serves(Request request, boolean oneSocket) {
    return secure == request.secure()
        && (oneSocket || (host.equals(request.host()) && port == request.port()));
  }

  private static List<SocketAddress> unix(Path socket, Transports transport) {
    return List.of(
        transport.name().equals("NIO")
            ? UnixDomainSocketAddress.of(socket)
            : new DomainSocketAddress(socket.toString()));
  }

  private static List<SocketAddress> resolve(Request request) {
    String host = request.host();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      List<SocketAddress> addresses = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(bare)) {
        addresses.add(new InetSocketAddress(address, request.port()));
      }
      return addresses;
    } catch (UnknownHostException e) {
      return List.of(); // a failure like any other: counted, with its sentence
    }
  }

  /** For sentences. */
  String name() {
    return unixSocket.map(Path::toString).orElse(host + ":" + port);
  }
}
