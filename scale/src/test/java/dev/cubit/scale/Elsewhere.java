package dev.cubit.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that runs already: it answers with its name, and at /health with a status. */
final class Elsewhere implements AutoCloseable {
  final AtomicInteger requests = new AtomicInteger();
  volatile int health = 204;
  private final String name;
  private final InetSocketAddress address;
  private HttpServer server;

  private Elsewhere(String name, InetSocketAddress wanted) throws IOException {
    this.name = name;
    this.server = start(wanted);
    this.address = server.getAddress();
  }

  static Elsewhere named(String name) throws IOException {
    return at(name, "127.0.0.1", 0);
  }

  static Elsewhere at(String name, String host, int port) throws IOException {
    return new Elsewhere(name, new InetSocketAddress(host, port));
  }

  private HttpServer start(InetSocketAddress at) throws IOException {
    HttpServer fresh = HttpServer.create(at, 100);
    fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    fresh.createContext("/", this::answer);
    fresh.start();
    return fresh;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/health")) {
        exchange.sendResponseHeaders(health, -1);
      } else {
        requests.incrementAndGet();
        byte[] body = name.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  int port() {
    return address.getPort();
  }

  /** As a list in the file has it. */
  String url() {
    return "http://127.0.0.1:" + port();
  }

  void die() {
    server.stop(0);
  }

  void comeBack() throws IOException {
    server = start(address);
  }

  @Override
  public void close() {
    die();
  }
}
