package dev.cubit.qr;

import dev.cubit.server.Farewell;
import dev.cubit.server.Service;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the service together. */
final class QrSetup implements Service.Setup {
  private @Nullable Shared shared;

  @Override
  public Function<Farewell, Handler<HttpServerRequest>> from(
      List<String> words, Map<String, String> environment) {
    var parts = Shared.of(QrSettings.from(words, environment));
    shared = parts;
    return handlers(parts);
  }

  /** Makes the handler of one event loop, on that loop. */
  static Function<Farewell, Handler<HttpServerRequest>> handlers(Shared shared) {
    return farewell ->
        new QrHandler(Objects.requireNonNull(Vertx.currentContext()), shared, farewell);
  }

  @Override
  public void ended() {
    if (shared != null) {
      shared.close();
    }
  }
}
