package dev.cubit.store.rest;

import dev.cubit.server.ServerException;
import dev.cubit.server.Settings;
import dev.cubit.store.Database;
import dev.cubit.store.DatabaseUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What services with a database can be told.
 *
 * @param pool connections to it
 * @param places requests that may be under way at the same time
 * @param accessLog whether each request is logged
 */
public record RestSettings(
    DatabaseUrl database, Database.Pool pool, int places, boolean accessLog) {
  private static final int POOL = 8;
  private static final int PATIENCE_MILLIS = 2000;
  private static final int PLACES = 1000;

  /**
   * Reads DATABASE_URL and its like, POOL, POOL_WAIT, REQUESTS and ACCESS_LOG; a flag goes before
   * its variable.
   *
   * @param otherwise the URL of the database where there is none
   * @throws ServerException if a word or a variable makes no sense
   */
  public static RestSettings from(
      List<String> words, Map<String, String> environment, String otherwise) {
    boolean accessLog = Settings.isOn(environment, "ACCESS_LOG");
    for (var word : words) {
      if (!word.equals("--access-log")) {
        throw ServerException.usage("'" + word + "' is not understood; --help shows what is");
      }
      accessLog = true;
    }
    return new RestSettings(
        DatabaseUrl.from(environment, "", otherwise),
        pool(environment),
        Settings.number(environment, "REQUESTS", 1, 100_000).orElse(PLACES),
        accessLog);
  }

  private static Database.Pool pool(Map<String, String> environment) {
    int millis = Settings.number(environment, "POOL_WAIT", 250, 60_000).orElse(PATIENCE_MILLIS);
    return new Database.Pool(
        Settings.number(environment, "POOL", 1, 256).orElse(POOL), Duration.ofMillis(millis));
  }
}
