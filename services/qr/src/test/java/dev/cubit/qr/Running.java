package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cubit.server.Server;
import dev.cubit.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The service on a free port, and a client of it. */
final class Running implements AutoCloseable {
  final Shared shared;
  private final Server server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Running() {
    this(new QrSettings(2, 64, false), 2);
  }

  Running(QrSettings settings, int eventLoops) {
    shared = Shared.of(settings);
    server = Server.start(new Settings("127.0.0.1", 0, eventLoops), QrSetup.handlers(shared));
  }

  int port() {
    return server.port();
  }

  HttpResponse<byte[]> get(String target, String... headers)
      throws IOException, InterruptedException {
    return send("GET", target, new byte[0], headers);
  }

  HttpResponse<byte[]> post(String target, String mediaType, String body, String... headers)
      throws IOException, InterruptedException {
    return post(target, mediaType, body.getBytes(UTF_8), headers);
  }

  HttpResponse<byte[]> post(String target, String mediaType, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("content-type", mediaType));
    return send("POST", target, body, all.toArray(String[]::new));
  }

  HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(method, target, body, headers), BodyHandlers.ofByteArray());
  }

  HttpRequest request(String method, String target, byte[] body, String... headers) {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + target))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return (headers.length == 0 ? builder : builder.headers(headers)).build();
  }

  HttpClient client() {
    return client;
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Checks a problem document; an empty parameter means that it names none. */
  static void assertProblem(
      HttpResponse<byte[]> response, int status, String parameter, String detail) {
    assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
    assertThat(header(response, "content-type")).isEqualTo("application/problem+json");
    assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
    assertThat(text(response))
        .contains("\"status\":" + status, detail)
        .satisfies(
            json -> {
              if (parameter.isEmpty()) {
                assertThat(json).doesNotContain("\"parameter\"");
              } else {
                assertThat(json).contains("\"parameter\":\"" + parameter + "\"");
              }
            });
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    shared.close();
  }
}
