package dev.cubit.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Ends the service of one event loop without losing what clients have already asked.
 *
 * <p>Vert.x's shutdown alone loses two things. A connection whose request still waits in the
 * socket, because the loop is busy, counts as idle and is closed. And what an ended response still
 * has in its queue is dropped: a large body to a slow reader is cut. So the loop goes on for a
 * while, telling each client that it is the last answer, until nothing more comes and all is sent:
 *
 * <pre>
 *   serving --begin--> leaving: answers say "connection: close"
 *                         |
 *                         +-- a {@link #QUIET_MILLIS} without a request, nothing unsent --> quiet
 * </pre>
 *
 * <p>Owned by the event loop. Hot path: three additions a response, no allocation.
 */
public final class Farewell implements Handler<AsyncResult<Void>> {
  private static final long QUIET_MILLIS = 50;

  private boolean leaving;
  private long answered;
  private int unsent;

  /** Called before a response is ended. */
  public void announce(HttpServerRequest request) {
    if (leaving && request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  /** Called with what ending the response returned. */
  public void await(Future<Void> sent) {
    answered++;
    unsent++;
    sent.onComplete(this);
  }

  /** Whether the service is about to end, and takes no new clients. */
  public boolean isLeaving() {
    return leaving;
  }

  /** A response has been sent, or its connection was lost. */
  @Override
  public void handle(AsyncResult<Void> sent) {
    unsent--;
  }

  /** Completes when the loop is quiet. */
  Future<Void> begin(Vertx vertx) {
    leaving = true;
    var quiet = Promise.<Void>promise();
    look(vertx, quiet);
    return quiet.future();
  }

  private void look(Vertx vertx, Promise<Void> quiet) {
    long before = answered;
    vertx.setTimer(
        QUIET_MILLIS,
        timer -> {
          if (answered == before && unsent == 0) {
            quiet.complete();
          } else {
            look(vertx, quiet);
          }
        });
  }
}
