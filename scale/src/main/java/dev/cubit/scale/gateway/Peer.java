package dev.cubit.scale.gateway;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** What services are told of a client's address, as bytes, made once for each connection. */
final class Peer {
  /** As X-Forwarded-For has it. */
  final byte[] address;

  /** An element of Forwarded (RFC 7239) up to the host's value. */
  final byte[] forwarded;

  private Peer(String address, String node) {
    this.address = Bytes.of(address);
    this.forwarded = Bytes.of("for=" + node + ";proto=http;host=\"");
  }

  static Peer of(SocketAddress remote) {
    String address = "unknown";
    String node = "unknown"; // RFC 7239, section 6
    if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
      address = inet.getAddress().getHostAddress();
      int zone = address.indexOf('%');
      address = zone < 0 ? address : address.substring(0, zone);
      node = inet.getAddress() instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    }
    return new Peer(address, node);
  }
}
