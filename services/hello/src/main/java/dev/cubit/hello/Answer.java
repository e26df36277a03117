package dev.cubit.hello;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cubit.server.Farewell;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalInt;

/**
 * What one request costs: {@code GET /} gets the body, everything else 404. HTTP itself is the only
 * work, so both heads and the body are made once; Vert.x keeps the bytes of an unmodifiable head.
 *
 * <p>Each event loop owns one of these.
 */
final class Answer implements Handler<HttpServerRequest> {
  private static final byte[] GREETING = "Hello World\n".getBytes(US_ASCII);

  private final Farewell farewell;
  private final Buffer body;
  private final MultiMap found;
  private final MultiMap notFound;

  Answer(OptionalInt bodyBytes, Farewell farewell) {
    this.farewell = farewell;
    byte[] bytes = bodyBytes.isPresent() ? filler(bodyBytes.getAsInt()) : GREETING;
    body = Buffer.buffer(bytes);
    found =
        HttpHeaders.headers()
            .add(HttpHeaders.CONTENT_TYPE, HttpHeaders.createOptimized("text/plain"))
            .add(HttpHeaders.CONTENT_LENGTH, length(bytes.length))
            .copy(false);
    notFound = HttpHeaders.headers().add(HttpHeaders.CONTENT_LENGTH, length(0)).copy(false);
  }

  @Override
  public void handle(HttpServerRequest request) {
    var response = request.response();
    var method = request.method();
    if (isRoot(request) && method.equals(HttpMethod.GET)) {
      response.headers().setAll(found);
      farewell.announce(request);
      farewell.await(response.end(body));
    } else {
      boolean known = isRoot(request) && method.equals(HttpMethod.HEAD);
      response.setStatusCode(known ? 200 : 404).headers().setAll(known ? found : notFound);
      farewell.announce(request);
      farewell.await(response.end());
    }
  }

  /** The bare form is compared first: looking for a query costs more than all the rest here. */
  private static boolean isRoot(HttpServerRequest request) {
    return "/".equals(request.uri()) || "/".equals(request.path());
  }

  /** The greeting again and again. */
  private static byte[] filler(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = GREETING[i % GREETING.length];
    }
    return bytes;
  }

  private static CharSequence length(int bytes) {
    return HttpHeaders.createOptimized(Integer.toString(bytes));
  }
}
