package dev.cubit.diagnose.recording;

import java.util.List;

/** The code of HTTP servers and their sockets: what any service on them would run as well. */
public final class ServerFrames {
  private static final List<String> SERVERS =
      List.of(
          "sun.net.httpserver.",
          "com.sun.net.httpserver.",
          "io.netty.",
          "io.vertx.",
          "io.undertow.",
          "org.xnio.",
          "org.eclipse.jetty.",
          "org.apache.catalina.",
          "org.apache.coyote.",
          "org.apache.tomcat.",
          "io.helidon.webserver.",
          "reactor.netty.",
          "org.microhttp.");

  private ServerFrames() {}

  /** By the name of a class. */
  public static boolean isServer(String type) {
    for (String prefix : SERVERS) {
      if (type.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
