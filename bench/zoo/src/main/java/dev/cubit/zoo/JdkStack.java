package dev.cubit.zoo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The JDK's own server.
 *
 * @param executor runs the requests; without one the thread that selects does
 */
record JdkStack(Optional<Executor> executor) implements Stack {
  static JdkStack threads(int count) {
    return new JdkStack(Optional.of(Executors.newFixedThreadPool(count)));
  }

  static JdkStack virtualThreads() {
    return new JdkStack(Optional.of(Executors.newVirtualThreadPerTaskExecutor()));
  }

  static JdkStack dispatcher() {
    return new JdkStack(Optional.empty());
  }

  @Override
  public int serve(int port, Work work) throws IOException {
    // Head and body leave in two segments: without this the second waits for the first's ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var server = HttpServer.create(address, 4096);
    server.createContext("/", exchange -> answer(exchange, work));
    executor.ifPresent(server::setExecutor);
    server.start();
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, Work work) throws IOException {
    try (exchange) {
      var query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
      byte[] body = work.answer(query).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
