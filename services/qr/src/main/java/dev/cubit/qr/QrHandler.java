package dev.cubit.qr;

import dev.cubit.server.Farewell;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;

/**
 * {@code GET /?data=TEXT} answers a picture. The work is done right here, on the event loop, as in
 * the service of the talk: while one code is encoded, every other connection of the loop waits.
 * That is the bottleneck that the other rooms of Cubit are to find.
 *
 * <p>Each event loop owns one of these.
 */
final class QrHandler implements Handler<HttpServerRequest> {
  private static final CharSequence PNG = HttpHeaders.createOptimized("image/png");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence METHODS = HttpHeaders.createOptimized("GET, HEAD");
  private static final Buffer NOTHING = Buffer.buffer();

  private final Encoder encoder;
  private final Drawing drawing;
  private final Farewell farewell;

  QrHandler(Encoder encoder, Drawing drawing, Farewell farewell) {
    this.encoder = encoder;
    this.drawing = drawing;
    this.farewell = farewell;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var response = request.response();
    var method = request.method();
    if (!"/".equals(request.path())) {
      answer(request, response.setStatusCode(404), NOTHING);
    } else if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.ALLOW, METHODS);
      answer(request, response.setStatusCode(405), NOTHING);
    } else {
      picture(request, response);
    }
  }

  private void picture(HttpServerRequest request, HttpServerResponse response) {
    try {
      var text = Query.value(Objects.requireNonNullElse(request.query(), ""), "data");
      if (text.isEmpty()) {
        answer(request, response.setStatusCode(400), NOTHING);
        return;
      }
      var file = drawing.draw(encoder.encode(text.get()));
      response.putHeader(HttpHeaders.CONTENT_TYPE, PNG);
      answer(request, response, Buffer.buffer(file));
    } catch (DataException e) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM);
      answer(request, response.setStatusCode(400), problem(e.getMessage()));
    }
  }

  /** A problem document (RFC 9457), with the parameter at fault as its extension. */
  private static Buffer problem(String detail) {
    return Buffer.buffer(
        """
        {"type":"about:blank","title":"Bad Request","status":400,"parameter":"data","detail":"%s"}
        """
            .formatted(detail));
  }

  /** The answer to HEAD has the length of the body that GET would get. */
  private void answer(HttpServerRequest request, HttpServerResponse response, Buffer body) {
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
    farewell.announce(request);
    farewell.await(request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body));
  }
}
