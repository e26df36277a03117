package dev.cubit.cli;

import dev.cubit.load.Connections;
import dev.cubit.load.Protocol;
import dev.cubit.load.Tls;
import dev.cubit.load.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Over what a load goes. */
final class ConnectionOptions {
  @Option(
      names = {"-c", "--connections"},
      paramLabel = "NUM",
      description = "Connections open at the same time. Default: 10.")
  int connections = 10;

  @Option(
      names = {"-p", "--pipelining"},
      paramLabel = "NUM",
      description = "Requests in flight on each: pipelined, or streams of HTTP/2. Default: 1.")
  int pipelining = 1;

  @Option(
      names = {"-M", "--maxConnectionRequests", "--max-connection-requests"},
      paramLabel = "NUM",
      description = "A connection sends at most so many requests.")
  @Nullable Long maxConnectionRequests;

  @Option(
      names = {"-D", "--reconnectRate", "--reconnect-rate"},
      paramLabel = "NUM",
      description = "Close a connection after so many requests and open it anew. Default: never.")
  int reconnectRate;

  @Option(names = "--new-connection", description = "A new connection for each request, as -D 1.")
  boolean newConnection;

  @Option(names = "--http2", description = "Speak HTTP/2: h2 over https, h2c over http.")
  boolean http2;

  @Option(
      names = {"-S", "--socketPath", "--socket-path"},
      paramLabel = "PATH",
      description = "Connect to this Unix socket; the URL still gives host and path.")
  @Nullable Path socketPath;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "io_uring, epoll or nio. Default: io_uring, with a rate epoll, where this machine has"
              + " it.")
  String transport = "auto";

  @Option(
      names = {"-k", "--insecure"},
      description = "TLS: accept any certificate.")
  boolean insecure;

  @Option(
      names = {"-s", "--servername"},
      paramLabel = "NAME",
      description = "TLS: the name for SNI and the certificate, where it is not the URL's host.")
  @Nullable String serverName;

  @Option(names = "--cert", paramLabel = "FILE", description = "TLS: client certificate, PEM.")
  @Nullable Path cert;

  @Option(names = "--key", paramLabel = "FILE", description = "TLS: its private key, PEM.")
  @Nullable Path key;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "TLS: trust these authorities, PEM. May be repeated.")
  List<Path> ca = new ArrayList<>();

  /** The connections of a plan; without a rate of their own. */
  Connections toConnections() throws CliException {
    refuseContradictions();
    return new Connections(
        connections,
        pipelining,
        http2 ? Protocol.HTTP_2 : Protocol.HTTP_1,
        newConnection ? 1 : reconnectRate,
        maxConnectionRequests == null
            ? OptionalLong.empty()
            : OptionalLong.of(maxConnectionRequests),
        Optional.ofNullable(socketPath),
        new Tls(
            insecure,
            ca,
            Optional.ofNullable(cert),
            Optional.ofNullable(key),
            Optional.ofNullable(serverName)));
  }

  private void refuseContradictions() throws CliException {
    if (newConnection && reconnectRate > 1) {
      throw CliException.usage("--new-connection is -D 1: leave one of them out");
    }
    int each = newConnection ? 1 : reconnectRate;
    if (http2 && each > 0 && pipelining > 1 && each % pipelining != 0) {
      throw CliException.usage("-D with HTTP/2 wants a multiple of the streams of -p");
    }
    if (serverName != null && serverName.endsWith(".lua")) {
      throw CliException.usage(
          "-s is the TLS server name, and wrk's scripts are not run: --requests FILE lists"
              + " requests, -I fills in data, --check looks at responses");
    }
    if (insecure && !ca.isEmpty()) {
      throw CliException.usage(
          "--insecure accepts any certificate, --ca only some: leave one of them out");
    }
  }

  Transport toTransport() throws CliException {
    return switch (transport.toLowerCase(Locale.ROOT)) {
      case "auto" -> Transport.AUTO;
      case "io_uring" -> Transport.IO_URING;
      case "epoll" -> Transport.EPOLL;
      case "nio" -> Transport.NIO;
      default ->
          throw CliException.usage(
              "--transport is io_uring, epoll or nio, not '" + transport + "'");
    };
  }
}
