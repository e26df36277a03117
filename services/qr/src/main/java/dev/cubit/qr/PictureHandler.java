package dev.cubit.qr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cubit.qr.image.Format;
import dev.cubit.server.Bodies;
import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One picture a request. Small ones are made right here, on the event loop; large ones by {@link
 * Workers}.
 *
 * <p>Each event loop owns one of these.
 */
final class PictureHandler {
  private static final int MOST_BODY_BYTES = 1 << 20;

  private final Context loop;
  private final Replies replies;
  private final Workers workers;
  private final Documents documents;
  private final Bodies bodies;
  private final QueryReader reader = new QueryReader();
  private final PictureMaker maker = new PictureMaker();

  PictureHandler(Context loop, Replies replies, Shared shared) {
    this.loop = loop;
    this.replies = replies;
    workers = shared.workers();
    documents = shared.documents();
    bodies = shared.bodies();
  }

  /**
   * Hot path. Answers GET and HEAD.
   *
   * @param text where the query is
   * @param from where it begins
   */
  void get(HttpServerRequest request, String text, int from) {
    var options = reader.read(text, from);
    if (options.payload().isEmpty()) {
      withoutData(request);
    } else {
      picture(request, options);
    }
  }

  /** People with a browser get the page; all others what the talk's service answers. */
  private void withoutData(HttpServerRequest request) {
    var accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
    if (accept.toLowerCase(Locale.ROOT).contains("text/html")) {
      documents.page(request, replies);
    } else {
      replies.empty(request, 400);
    }
  }

  /** Answers POST: options in the query, data and more options in the body. */
  void post(HttpServerRequest request, String query) {
    bodies.receive(
        loop.owner(),
        request,
        MOST_BODY_BYTES,
        body -> {
          try {
            if (body.failed()) {
              replies.failed(request, body.cause());
              return;
            }
            var options = Options.empty();
            reader.readInto(options, query, 0);
            read(request, body.result().getBytes(), options);
            if (options.payload().isEmpty()) {
              replies.empty(request, 400);
            } else {
              picture(request, options);
            }
          } catch (RuntimeException e) {
            replies.failed(request, e);
          }
        });
  }

  private void read(HttpServerRequest request, byte[] body, Options options) {
    if (body.length == 0) {
      return;
    }
    var header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "");
    switch (MediaType.of(header)) {
      case "", "text/plain" ->
          options.data(
              "body", new Payload.Text(QueryReader.strictUtf8("body", ByteBuffer.wrap(body))));
      case "application/json" -> JsonReader.into(options, body);
      case "application/x-www-form-urlencoded" ->
          reader.readInto(options, new String(body, ISO_8859_1), 0);
      case "application/octet-stream" -> options.data("body", new Payload.Bytes(body));
      default ->
          throw ProblemException.of(
              415,
              "a body is text/plain, application/json, application/x-www-form-urlencoded or"
                  + " application/octet-stream, not '"
                  + ProblemException.shown(header)
                  + "'");
    }
  }

  private void picture(HttpServerRequest request, Options options) {
    var method = request.method();
    accept(request, options);
    var order = Orders.from(options);
    if (isUnchanged(request, order.format())) {
      replies.unchanged(request, order.format());
    } else if (Estimate.isLarge(options.payload().length(), order)) {
      byWorker(request, options.payload(), order);
    } else if (order.isDefault() && method.equals(HttpMethod.GET)) {
      replies.png(request, make(options.payload(), order));
    } else {
      replies.picture(request, order, make(options.payload(), order));
    }
  }

  private byte[] make(Payload data, Order order) {
    if (!replies.counters().isTimed()) {
      return maker.make(data, order);
    }
    long start = System.nanoTime();
    var file = maker.make(data, order);
    replies.counters().timed(System.nanoTime() - start);
    return file;
  }

  private void byWorker(HttpServerRequest request, Payload data, Order order) {
    var made = workers.order(loop, its -> its.make(data, order));
    replies.farewell().await(made.mapEmpty());
    made.onComplete(
        file -> {
          if (file.succeeded()) {
            replies.picture(request, order, file.result());
          } else {
            replies.failed(request, file.cause());
          }
        });
  }

  /** The format in the header Accept counts where no option names one. */
  private static void accept(HttpServerRequest request, Options options) {
    var accept = request.headers().get(HttpHeaders.ACCEPT);
    if (accept != null && !options.has(Option.FORMAT)) {
      Optional<Format> format = Formats.accepted(accept);
      format
          .filter(other -> other != Format.PNG)
          .ifPresent(other -> options.put("format", other.extension()));
    }
  }

  /** Whether the client has the picture already: it can only be the one of this program. */
  private boolean isUnchanged(HttpServerRequest request, Format format) {
    var tags = request.headers().get(HttpHeaders.IF_NONE_MATCH);
    if (tags == null || request.method().equals(HttpMethod.POST)) {
      return false;
    }
    return tags.contains(replies.tag(format));
  }
}
