package dev.cubit.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target for tests, a process of its own: answers {@code Hello} with the query as a header,
 * writes its id into a file, and ends after so many requests where that is asked for.
 */
final class TinyServer {
  private TinyServer() {}

  /** The words that start it. */
  static List<String> command(Path pidFile, int requests) {
    return List.of(
        Program.java().getFirst(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        TinyServer.class.getName(),
        pidFile.toString(),
        Integer.toString(requests));
  }

  /** Takes the file for its id, and after how many requests it ends: 0 for never. */
  public static void main(String[] words) throws IOException {
    int most = Integer.parseInt(words[1]);
    AtomicInteger answered = new AtomicInteger();
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))),
            50);
    server.createContext(
        "/",
        exchange -> {
          if (most > 0 && answered.incrementAndGet() > most) {
            System.err.println("I have had enough");
            Runtime.getRuntime().halt(7);
          }
          byte[] body = "Hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/missing") ? 404 : 200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    server.setExecutor(Executors.newFixedThreadPool(4));
    Files.writeString(Path.of(words[0]), Long.toString(ProcessHandle.current().pid()));
    System.out.println("listening");
    server.start();
  }
}
