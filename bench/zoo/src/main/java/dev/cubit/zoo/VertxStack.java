package dev.cubit.zoo;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Vert.x.
 *
 * @param loops event loops, each with its share of the connections
 * @param workers threads that do the work; 0: the event loop does it
 */
record VertxStack(int loops, int workers) implements Stack {
  /** What answers later, without a thread that waits. */
  @FunctionalInterface
  interface LaterWork {
    Future<String> answer(String query);
  }

  static VertxStack onLoops(int loops) {
    return new VertxStack(loops, 0);
  }

  static VertxStack onWorkers(int workers) {
    return new VertxStack(1, workers);
  }

  @Override
  public int serve(int port, Work work) {
    return serveLater(port, vertx -> workers == 0 ? now(work) : elsewhere(vertx, work));
  }

  int serveLater(int port, Function<Vertx, LaterWork> makeWork) {
    var vertx =
        Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(loops).setWorkerPoolSize(Math.max(1, workers)));
    var work = makeWork.apply(vertx);
    // -1 is a free port that all instances share; with 0 each would get one of its own.
    int asked = port == 0 ? -1 : port;
    var bound = new AtomicInteger();
    for (int i = 0; i < loops; i++) {
      vertx.deployVerticle(new Front(asked, bound, work), new DeploymentOptions()).await();
    }
    return bound.get();
  }

  private static LaterWork now(Work work) {
    return query -> {
      try {
        return Future.succeededFuture(work.answer(query));
      } catch (Exception e) {
        return Future.failedFuture(e);
      }
    };
  }

  private static LaterWork elsewhere(Vertx vertx, Work work) {
    return query ->
        vertx.executeBlocking(() -> work.answer(query), false).map(Objects::requireNonNull);
  }

  /** The server of one event loop; the loops share the port. */
  private static final class Front extends VerticleBase {
    private final int port;
    private final AtomicInteger bound;
    private final LaterWork work;

    Front(int port, AtomicInteger bound, LaterWork work) {
      this.port = port;
      this.bound = bound;
      this.work = work;
    }

    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
          .requestHandler(this::handle)
          .listen(port, "127.0.0.1")
          .onSuccess(server -> bound.set(server.actualPort()));
    }

    private void handle(HttpServerRequest request) {
      work.answer(Objects.requireNonNullElse(request.query(), ""))
          .onSuccess(body -> request.response().end(body))
          .onFailure(e -> request.response().setStatusCode(500).end(e.toString()));
    }
  }
}
