package dev.cubit.server;

import java.util.Map;

/**
 * What Vert.x and Netty can leave out. They read these once, as system properties, when their
 * classes load; so this runs before anything of theirs, and a {@code -D} on the command line wins.
 */
final class Tuning {
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          // Keeps the bytes of the two constant response heads.
          Map.entry("vertx.cacheImmutableHttpResponseHeaders", "true"),
          // Our own heads are constants, and nothing of a request is repeated in a response.
          Map.entry("vertx.disableHttpHeadersValidation", "true"),
          Map.entry("vertx.disableMetrics", "true"),
          Map.entry("vertx.disableContextTimings", "true"),
          Map.entry("vertx.disableWebsockets", "true"),
          // Start-up: the JDK resolves HOST, no other name is ever asked for.
          Map.entry("vertx.disableDnsResolver", "true"),
          // Guards against faulty handlers; those here never touch a buffer.
          Map.entry("io.netty.buffer.checkBounds", "false"),
          Map.entry("io.netty.buffer.checkAccessible", "false"),
          Map.entry("io.netty.leakDetection.level", "disabled"));

  private Tuning() {}

  static void apply() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
