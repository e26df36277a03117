package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cubit.server.Farewell;
import dev.cubit.server.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/**
 * Where a request goes: what its path and its method say.
 *
 * <p>Each event loop owns one of these.
 */
final class QrHandler implements Handler<HttpServerRequest> {
  private static final CharSequence MAX_AGE = HttpHeaders.createOptimized("access-control-max-age");

  private final Context loop;
  private final Shared shared;
  private final Replies replies;
  private final PictureHandler pictures;
  private final BatchHandler batches;

  /** Made on the event loop that will own it. */
  QrHandler(Context loop, Shared shared, Farewell farewell) {
    this.loop = loop;
    this.shared = shared;
    replies = new Replies(farewell, shared.metrics().loop());
    pictures = new PictureHandler(loop, replies, shared);
    batches = new BatchHandler(loop, replies, shared);
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      if (shared.accessLog().isOn()) {
        shared.accessLog().watch(request);
      }
      var uri = request.uri();
      if (uri.startsWith("/?") && request.method().equals(HttpMethod.GET)) {
        pictures.get(request, uri, 2);
      } else {
        route(request);
      }
    } catch (RuntimeException e) {
      replies.failed(request, e);
    }
  }

  private void route(HttpServerRequest request) {
    switch (Objects.requireNonNullElse(request.path(), "")) {
      // The second is QuickChart's, and what a gateway that forwards paths whole asks for.
      case "/", "/qr" -> picture(request);
      case "/batch" -> batch(request);
      case "/openapi.json" -> {
        if (isRead(request)) {
          shared.documents().openApi(request, replies);
        }
      }
      case "/healthz" -> {
        if (isRead(request)) {
          health(request);
        }
      }
      case "/metrics" -> {
        if (isRead(request)) {
          metrics(request);
        }
      }
      case "*" -> {
        if (!isOptions(request, "GET, HEAD, POST, OPTIONS")) {
          throw notAllowed(request, "OPTIONS");
        }
      }
      default ->
          throw ProblemException.of(
              404,
              "there is nothing at this path; codes are at /?data=..., all else is told by"
                  + " /openapi.json");
    }
  }

  private void picture(HttpServerRequest request) {
    var query = Objects.requireNonNullElse(request.query(), "");
    switch (request.method().name()) {
      case "GET", "HEAD" -> pictures.get(request, query, 0);
      case "POST" -> pictures.post(request, query);
      default -> {
        if (!isOptions(request, "GET, HEAD, POST, OPTIONS")) {
          throw notAllowed(request, "GET, HEAD, POST, OPTIONS");
        }
      }
    }
  }

  private void batch(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST)) {
      batches.post(request, Objects.requireNonNullElse(request.query(), ""));
    } else if (!isOptions(request, "POST, OPTIONS")) {
      throw notAllowed(request, "POST, OPTIONS");
    }
  }

  private void health(HttpServerRequest request) {
    boolean leaving = replies.farewell().isLeaving();
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    replies.bytes(request, leaving ? 503 : 200, (leaving ? "stopping\n" : "ok\n").getBytes(UTF_8));
  }

  /** By a worker, as it takes a while; past the queue, as it has to work when that is full. */
  private void metrics(HttpServerRequest request) {
    var text = shared.workers().run(loop, maker -> shared.metrics().scrape().getBytes(UTF_8));
    replies.farewell().await(text.mapEmpty());
    text.onComplete(
        scraped -> {
          if (scraped.failed()) {
            replies.failed(request, scraped.cause());
            return;
          }
          request
              .response()
              .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
              .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          replies.bytes(request, 200, scraped.result());
        });
  }

  private boolean isRead(HttpServerRequest request) {
    var method = request.method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      return true;
    }
    if (!isOptions(request, "GET, HEAD, OPTIONS")) {
      throw notAllowed(request, "GET, HEAD, OPTIONS");
    }
    return false;
  }

  /** Answers OPTIONS, which is what browsers ask before they send JSON to another host. */
  private boolean isOptions(HttpServerRequest request, String methods) {
    if (!request.method().equals(HttpMethod.OPTIONS)) {
      return false;
    }
    request
        .response()
        .putHeader(HttpHeaders.ALLOW, methods)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "content-type, if-none-match")
        .putHeader(MAX_AGE, "86400");
    replies.empty(request, 204);
    return true;
  }

  private static ProblemException notAllowed(HttpServerRequest request, String methods) {
    request.response().putHeader(HttpHeaders.ALLOW, methods);
    return ProblemException.of(
        405,
        ProblemException.shown(request.method().name()) + " is not for this path; use " + methods);
  }
}
