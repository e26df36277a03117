package dev.cubit.qr;

import dev.cubit.qr.ZipPieces.Entry;
import dev.cubit.server.Bodies;
import dev.cubit.server.MediaType;
import dev.cubit.server.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Many codes in, a ZIP out. A worker reads and encodes all of them, and then draws as many as the
 * client is ready to take:
 *
 * <pre>
 *   body --> worker: read, check, encode --> 400, or the head of the answer
 *                                                      |
 *              +---------------------------------------+
 *              v
 *   worker: the next piece of the ZIP --> loop: write it --> end after the last
 *              ^                             |
 *              +-- when there is room again -+
 * </pre>
 *
 * <p>Each event loop owns one of these.
 */
final class BatchHandler {
  private static final int MOST_BODY_BYTES = 4 << 20;

  /** A client that takes nothing for so long has gone. */
  private static final long PATIENCE_MILLIS = 30_000;

  private final Context loop;
  private final Replies replies;
  private final Workers workers;
  private final Bodies bodies;

  BatchHandler(Context loop, Replies replies, Shared shared) {
    this.loop = loop;
    this.replies = replies;
    workers = shared.workers();
    bodies = shared.bodies();
  }

  void post(HttpServerRequest request, String query) {
    var header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.CONTENT_TYPE), "");
    bodies.receive(
        loop.owner(),
        request,
        MOST_BODY_BYTES,
        body -> {
          try {
            if (body.failed()) {
              replies.failed(request, body.cause());
            } else {
              read(request, reading(header, query, body.result().getBytes()));
            }
          } catch (RuntimeException e) {
            replies.failed(request, e);
          }
        });
  }

  private static Function<PictureMaker, List<Entry>> reading(
      String header, String query, byte[] body) {
    return switch (MediaType.of(header)) {
      case "application/json" -> maker -> BatchReader.json(body, shared(query), maker);
      case "", "text/plain" -> maker -> BatchReader.lines(body, shared(query), maker);
      default ->
          throw ProblemException.of(
              415,
              "a batch is application/json or text/plain, one text a line, not '"
                  + ProblemException.shown(header)
                  + "'");
    };
  }

  private static Options shared(String query) {
    var shared = Options.empty();
    new QueryReader().readInto(shared, query, 0);
    return shared;
  }

  private void read(HttpServerRequest request, Function<PictureMaker, List<Entry>> reading) {
    var place = workers.batch();
    var sent = Promise.<Void>promise();
    replies.farewell().await(sent.future().onComplete(any -> place.run()));
    try {
      var entries = workers.order(loop, reading);
      entries.onComplete(read -> send(request, read, sent));
    } catch (ProblemException full) {
      sent.complete();
      throw full;
    }
  }

  private void send(HttpServerRequest request, AsyncResult<List<Entry>> read, Promise<Void> sent) {
    if (read.failed()) {
      replies.failed(request, read.cause());
      sent.complete();
    } else if (request.response().closed()) {
      sent.complete();
    } else {
      replies.beginZip(request);
      new Sending(request, new ZipPieces(read.result()), sent).next();
    }
  }

  /** One ZIP on its way. Owned by the event loop; a worker has the pieces while it makes one. */
  private final class Sending {
    private final HttpServerRequest request;
    private final ZipPieces pieces;
    private final Promise<Void> sent;

    Sending(HttpServerRequest request, ZipPieces pieces, Promise<Void> sent) {
      this.request = request;
      this.pieces = pieces;
      this.sent = sent;
    }

    void next() {
      workers
          .run(loop, pieces::next)
          .onComplete(
              piece -> {
                if (piece.failed()) {
                  LoggerFactory.getLogger(BatchHandler.class)
                      .error("a batch broke off", piece.cause());
                  giveUp();
                } else if (request.response().closed()) {
                  sent.tryComplete();
                } else {
                  write(Buffer.buffer(piece.result()));
                }
              });
    }

    private void write(Buffer piece) {
      var response = request.response();
      if (pieces.isFinished()) {
        response.end(piece).onComplete(end -> sent.tryComplete());
        return;
      }
      response.write(piece);
      if (!response.writeQueueFull()) {
        next();
        return;
      }
      var vertx = loop.owner();
      long timer = vertx.setTimer(PATIENCE_MILLIS, late -> giveUp());
      response.drainHandler(
          room -> {
            vertx.cancelTimer(timer);
            next();
          });
      response.closeHandler(
          gone -> {
            vertx.cancelTimer(timer);
            sent.tryComplete();
          });
    }

    /** The head has been sent, so all that is left to say that it failed is to end too early. */
    private void giveUp() {
      request.connection().close();
      sent.tryComplete();
    }
  }
}
