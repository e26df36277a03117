package dev.cubit.measure;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real server, in this process or as one of its own. */
final class TinyServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  /**
   * @param work microseconds of CPU time that each answer takes
   */
  TinyServer(int port, int bodyBytes, int work) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = new byte[bodyBytes];
    server.createContext(
        "/",
        exchange -> {
          long until = cpuNanos() + work * 1000L;
          while (cpuNanos() < until) {
            Thread.onSpinWait();
          }
          try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.setExecutor(threads);
    server.start();
  }

  /** Of this thread: what it does not get while others have the core is not work done. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** For a process of its own: listens on PORT until it is killed. */
  @SuppressWarnings("resource") // it lives as long as the process
  public static void main(String[] args) {
    new TinyServer(Integer.parseInt(System.getenv().getOrDefault("PORT", "0")), 100, 200);
  }
}
