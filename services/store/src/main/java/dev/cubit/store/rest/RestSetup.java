package dev.cubit.store.rest;

import dev.cubit.server.AccessLog;
import dev.cubit.server.Bodies;
import dev.cubit.server.Farewell;
import dev.cubit.server.Service;
import dev.cubit.store.Database;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a service with a database together. Its resources stand beside its program: {@code
 * openapi.json}, and the folder {@code migrations}.
 */
public final class RestSetup implements Service.Setup {
  /** Bodies that are being received take a quarter of the heap at most, all together. */
  private static final int HEAP_SHARE = 4;

  /** Makes what a service has, of its database and its environment. */
  @FunctionalInterface
  public interface Parts {
    /**
     * Makes it.
     *
     * @throws dev.cubit.server.ServerException if a variable makes no sense
     */
    Routes routes(Database database, Map<String, String> environment);
  }

  private final String name;
  private final Class<?> program;
  private final Parts parts;
  private @Nullable Database database;
  private @Nullable AccessLog accessLog;

  /**
   * Makes one.
   *
   * @param name of the service, for metrics and for the file of its database
   * @param program the class beside which the resources are
   */
  public RestSetup(String name, Class<?> program, Parts parts) {
    this.name = name;
    this.program = program;
    this.parts = parts;
  }

  /** The folder of the class path that has the migrations of a program. */
  public static String migrations(Class<?> program) {
    return program.getPackageName().replace('.', '/') + "/migrations";
  }

  @Override
  public Function<Farewell, Handler<HttpServerRequest>> from(
      List<String> words, Map<String, String> environment) {
    var settings = RestSettings.from(words, environment, "jdbc:sqlite:data/" + name + ".db");
    var log = new AccessLog(settings.accessLog());
    var metrics = new RestMetrics(name, log);
    var opened =
        Database.open(
            settings.database(),
            migrations(program),
            settings.pool(),
            Optional.of(metrics.registry()));
    accessLog = log;
    database = opened;
    var shared =
        new RestHandler.Shared(
            parts.routes(opened, environment),
            new Operations(opened, metrics, resource("openapi.json")),
            new Failures(opened),
            new Bodies(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
            log,
            metrics,
            new Semaphore(settings.places()));
    return farewell ->
        new RestHandler(Objects.requireNonNull(Vertx.currentContext()), shared, farewell);
  }

  @Override
  public void ended() {
    if (database != null) {
      database.close();
    }
    if (accessLog != null) {
      accessLog.close();
    }
  }

  private byte[] resource(String file) {
    try (var in = program.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
