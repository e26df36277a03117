package dev.cubit.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Receives the bodies of requests, as far as they are not too long, do not take too long, and are
 * not too many at the same time.
 *
 * <p>Shared by all event loops.
 */
public final class Bodies {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final long LINGER_MILLIS = 500;

  private final long mostBytes;
  private final AtomicLong held = new AtomicLong();

  /**
   * Makes one.
   *
   * @param mostBytes of all bodies together that are not yet whole
   */
  public Bodies(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Hands the whole body over, or the {@link ProblemException} of why there is none; the rest of
   * the body is then thrown away as it comes, and the connection is closed after the answer.
   */
  public void receive(
      Vertx vertx, HttpServerRequest request, int most, Handler<AsyncResult<Buffer>> whole) {
    new Receipt(vertx, request, most, whole).begin();
  }

  /** One body. Owned by its event loop. */
  private final class Receipt {
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final int most;
    private final Promise<Buffer> whole = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private long timer;

    Receipt(Vertx vertx, HttpServerRequest request, int most, Handler<AsyncResult<Buffer>> then) {
      this.vertx = vertx;
      this.request = request;
      this.most = most;
      whole
          .future()
          .onComplete(
              result -> {
                vertx.cancelTimer(timer);
                then.handle(result);
                held.addAndGet(-body.length());
              });
    }

    void begin() {
      timer =
          vertx.setTimer(
              PATIENCE_MILLIS,
              late -> refuse(ProblemException.of(408, "the body has not arrived in 30 seconds")));
      request.handler(this::take);
      request.exceptionHandler(whole::tryFail);
      request.endHandler(end -> whole.tryComplete(body));
      if (announcedBytes() > most) {
        refuse(tooLarge());
      } else if (request.getHeader(HttpHeaders.EXPECT) != null) {
        request.response().writeContinue();
      }
    }

    private void take(Buffer piece) {
      if (whole.future().isComplete()) {
        return;
      }
      if (body.length() + piece.length() > most) {
        refuse(tooLarge());
      } else if (held.addAndGet(piece.length()) > mostBytes) {
        held.addAndGet(-piece.length());
        refuse(ProblemException.of(503, "too many bodies are being received; try again"));
      } else {
        body.appendBuffer(piece);
      }
    }

    private long announcedBytes() {
      var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
      try {
        return length == null ? 0 : Long.parseLong(length);
      } catch (NumberFormatException notOne) {
        return Long.MAX_VALUE;
      }
    }

    private ProblemException tooLarge() {
      return ProblemException.of(413, "the body is too large; it may have " + most + " bytes");
    }

    /** Not closed at once: what is still coming would make the kernel take the answer back. */
    private void refuse(ProblemException problem) {
      var response = request.response();
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      response.endHandler(
          ended -> vertx.setTimer(LINGER_MILLIS, over -> request.connection().close()));
      whole.tryFail(problem);
    }
  }
}
