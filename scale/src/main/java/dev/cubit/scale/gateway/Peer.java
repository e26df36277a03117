package dev.cubit.scale.gateway;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** What services are told of a client and how it came, as bytes, made once for each connection. */
final class Peer {
  /** What is spoken with a client. */
  enum Hop {
    HTTP_1("http", "1.1"),
    HTTPS_1("https", "1.1"),
    HTTP_2("http", "2"),
    HTTPS_2("https", "2");

    private final String scheme;
    private final String version;

    Hop(String scheme, String version) {
      this.scheme = scheme;
      this.version = version;
    }
  }

  /** As X-Forwarded-For has it. */
  final byte[] address;

  /** X-Forwarded-Proto, and X-Forwarded-Host up to its value. */
  final byte[] protoAndHost;

  /** An element of Forwarded (RFC 7239) up to the host's value. */
  final byte[] forwarded;

  /** What follows that value, and Via. */
  final byte[] via;

  private Peer(String address, String node, Hop hop) {
    this.address = Bytes.of(address);
    this.protoAndHost = Bytes.of("\r\nx-forwarded-proto: " + hop.scheme + "\r\nx-forwarded-host: ");
    this.forwarded = Bytes.of("for=" + node + ";proto=" + hop.scheme + ";host=\"");
    this.via = Bytes.of("\"\r\nvia: " + hop.version + " cubit\r\n");
  }

  static Peer of(SocketAddress remote, Hop hop) {
    String address = "unknown";
    String node = "unknown"; // RFC 7239, section 6
    if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
      address = inet.getAddress().getHostAddress();
      int zone = address.indexOf('%');
      address = zone < 0 ? address : address.substring(0, zone);
      node = inet.getAddress() instanceof Inet6Address ? "\"[" + address + "]\"" : address;
    }
    return new Peer(address, node, hop);
  }
}
