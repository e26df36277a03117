package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the warehouse, another process, over HTTP: in three ways. */
final class Stock {
  private Stock() {}

  /** By a URL's connection: the thread reads from the socket. */
  static Work byUrl(Duration delay) throws IOException {
    // Connections that are kept for the next request; the default of 5 is for browsers.
    System.setProperty("http.maxConnections", "500");
    var url = warehouse(delay).toURL();
    return query -> {
      var connection = (HttpURLConnection) url.openConnection();
      try (var in = connection.getInputStream()) {
        return new String(in.readAllBytes(), UTF_8);
      }
    };
  }

  /** By the JDK's client: the thread waits for what another one reads. */
  static Work byClient(Duration delay) throws IOException {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var request = HttpRequest.newBuilder(warehouse(delay)).build();
    return query -> client.send(request, BodyHandlers.ofString()).body();
  }

  /** By Vert.x: no thread waits. */
  static VertxStack.LaterWork later(Vertx vertx, int port) {
    var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(500));
    return query ->
        client
            .request(HttpMethod.GET, port, "127.0.0.1", "/stock")
            .compose(request -> request.send())
            .compose(HttpClientResponse::body)
            .map(body -> body.toString(UTF_8));
  }

  /** The port of a backend of its own. */
  static int backend(Duration delay) throws IOException {
    return Child.start("backend", "--delay", delay.toMillis() + "ms");
  }

  private static URI warehouse(Duration delay) throws IOException {
    return URI.create("http://127.0.0.1:" + backend(delay) + "/stock");
  }
}
