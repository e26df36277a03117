package dev.cubit.scale;

import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.topology.GatewayPlan;
import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.TopologyFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway with fixed servers, by a file that a test writes and writes again. */
final class Front implements AutoCloseable {
  final List<ServerEvent> told = new CopyOnWriteArrayList<>();
  final Gateway gateway;
  final FixedServers servers;
  private final Path file;
  private final HttpClient client = HttpClient.newHttpClient();

  private Front(Path folder, Resolver resolver) throws ScaleException {
    file = folder.resolve("cubit.yaml");
    gateway = Gateway.start(GatewayPlan.on(0));
    servers = new FixedServers(gateway, resolver, told::add);
  }

  static Front in(Path folder) throws ScaleException {
    return new Front(folder, new Resolver(Optional.empty()));
  }

  static Front in(Path folder, NameServer names) throws ScaleException {
    return new Front(folder, new Resolver(Optional.of(names.address())));
  }

  /** As {@code cubit up} does it at first, and when the file has changed. */
  Front services(String yaml) throws IOException, ScaleException {
    Files.writeString(file, "services:\n" + yaml.indent(2));
    Topology topology = TopologyFile.read(file, Map.of());
    gateway.apply(topology);
    servers.apply(topology);
    return this;
  }

  /** One service, named shop, for all paths. */
  Front shop(String... keys) throws IOException, ScaleException {
    return services("shop:\n" + ("route: /\n" + String.join("\n", keys)).indent(2));
  }

  /** The body of a good answer. */
  String get(String target) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + target))
                .timeout(Duration.ofSeconds(20))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** As {@code down: GET /health answers 500}. */
  String state(Elsewhere server) {
    return servers.snapshot().stream()
        .filter(s -> s.address().endsWith(":" + server.port()))
        .map(s -> s.state() + (s.why().isEmpty() ? "" : ": " + s.why()))
        .findFirst()
        .orElse("none");
  }

  /** What was told, about whom, without addresses' ports. */
  List<String> sentences() {
    return told.stream().map(ServerEvent::sentence).toList();
  }

  @Override
  public void close() {
    servers.close();
    gateway.close(Duration.ofSeconds(1));
    client.shutdownNow();
  }
}
