package dev.cubit.target;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** A process that listens as it is told: the target of the tests here. */
final class Server {
  private Server() {}

  static final String USAGE = "PORT|NUMBER [address] [flood|burn|hog]";

  /** The words to start it with, by the JDK that runs the tests. */
  static List<String> command(String... arguments) {
    var words = new java.util.ArrayList<String>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(Server.class.getName());
    words.addAll(List.of(arguments));
    return words;
  }

  public static void main(String[] arguments) throws Exception {
    String port = arguments[0].equals("PORT") ? System.getenv("PORT") : arguments[0];
    String address = arguments.length > 1 ? arguments[1] : "127.0.0.1";
    String more = arguments.length > 2 ? arguments[2] : "";
    try (ServerSocket socket =
        new ServerSocket(Integer.parseInt(port), 50, InetAddress.getByName(address))) {
      System.out.println("listening on " + socket.getLocalPort());
      if (more.equals("flood")) {
        String line = "x".repeat(100_000);
        for (int i = 0; i < 500; i++) {
          System.out.println(line);
        }
      }
      while (more.equals("burn")) {
        Thread.onSpinWait();
      }
      while (true) {
        try (Socket client = socket.accept()) {
          client.getOutputStream().write('!');
        }
      }
    }
  }
}
