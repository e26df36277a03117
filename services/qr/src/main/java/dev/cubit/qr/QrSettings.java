package dev.cubit.qr;

import dev.cubit.server.ServerException;
import dev.cubit.server.Settings;
import java.util.List;
import java.util.Map;

/**
 * What is the service's own.
 *
 * @param workers threads for large orders, 1 to 256
 * @param queue large orders that may wait for them, 0 to 100,000
 * @param accessLog whether each request is logged
 */
record QrSettings(int workers, int queue, boolean accessLog) {
  /**
   * Reads WORKERS, QUEUE and ACCESS_LOG; a flag goes before its variable.
   *
   * @throws ServerException if a word or a variable makes no sense
   */
  static QrSettings from(List<String> words, Map<String, String> environment) {
    boolean accessLog = Settings.isOn(environment, "ACCESS_LOG");
    for (var word : words) {
      if (!word.equals("--access-log")) {
        throw ServerException.usage("'" + word + "' is not understood; --help shows what is");
      }
      accessLog = true;
    }
    return new QrSettings(
        Settings.number(environment, "WORKERS", 1, 256)
            .orElseGet(Runtime.getRuntime()::availableProcessors),
        Settings.number(environment, "QUEUE", 0, 100_000).orElse(64),
        accessLog);
  }
}
