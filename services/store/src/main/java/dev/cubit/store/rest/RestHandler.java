package dev.cubit.store.rest;

import dev.cubit.server.AccessLog;
import dev.cubit.server.Bodies;
import dev.cubit.server.Farewell;
import dev.cubit.server.ProblemException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The life of a request: received on the event loop, answered on a virtual thread, sent on the
 * event loop.
 *
 * <pre>
 *   arrived --body whole--> on a virtual thread --answer--> sent
 *      |                        ^
 *      +-- no place: 503        +-- waits for a connection, at most as long as the pool says
 * </pre>
 *
 * <p>From its arrival on it counts as under way, so that the service does not end before it is
 * answered. Each event loop owns one of these.
 */
final class RestHandler implements Handler<HttpServerRequest> {
  /** Enough for any document here. */
  private static final int MOST_BODY_BYTES = 64 << 10;

  private static final Set<String> WITH_BODY = Set.of("PUT", "POST", "PATCH");
  private static final String NOWHERE = "none";

  /** What all event loops of a service use together. */
  record Shared(
      Routes routes,
      Operations operations,
      Failures failures,
      Bodies bodies,
      AccessLog accessLog,
      RestMetrics metrics,
      Semaphore places) {}

  private final Context loop;
  private final Shared shared;
  private final Farewell farewell;

  /** Made on the event loop that will own it. */
  RestHandler(Context loop, Shared shared, Farewell farewell) {
    this.loop = loop;
    this.shared = shared;
    this.farewell = farewell;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (shared.accessLog().isOn()) {
      shared.accessLog().watch(request);
    }
    shared.metrics().begun();
    var visit = new Visit(request);
    farewell.await(visit.sent.future());
    try {
      visit.begin();
    } catch (RuntimeException e) {
      visit.send(shared.failures().answer(String.valueOf(request.path()), e));
    }
  }

  /** One request. Owned by the event loop, but for its answer being found. */
  private final class Visit {
    private final HttpServerRequest request;
    private final Promise<Void> sent = Promise.promise();
    private final long start = System.nanoTime();
    private String template = NOWHERE;

    Visit(HttpServerRequest request) {
      this.request = request;
    }

    void begin() {
      var target = Target.parse(request.uri());
      var resource =
          shared
              .operations()
              .at(target.segments(), farewell.isLeaving())
              .or(() -> shared.routes().at(target.segments()))
              .orElseThrow(
                  () ->
                      ProblemException.of(
                          404, "there is nothing at this path; what is, /openapi.json tells"));
      template = resource.template();
      var methods = allowed(resource);
      var method = request.method().equals(HttpMethod.HEAD) ? "GET" : request.method().name();
      if (method.equals("OPTIONS")) {
        send(Answer.empty(204).with("allow", String.join(", ", methods)));
      } else if (!methods.contains(method)) {
        send(notAllowed(methods));
      } else if (WITH_BODY.contains(method)) {
        shared
            .bodies()
            .receive(
                loop.owner(),
                request,
                MOST_BODY_BYTES,
                body -> received(resource, target, method, body));
      } else {
        answer(
            resource, new Call(method, target.segments(), target.query(), headers(), new byte[0]));
      }
    }

    private void received(
        Resource resource, Target target, String method, AsyncResult<Buffer> body) {
      if (body.succeeded()) {
        var bytes = body.result().getBytes();
        answer(resource, new Call(method, target.segments(), target.query(), headers(), bytes));
      } else if (body.cause() instanceof ProblemException problem) {
        send(Answer.problem(problem));
      } else {
        // The client has gone in the middle of its request.
        ended(499);
      }
    }

    private void answer(Resource resource, Call call) {
      boolean vital = resource.isVital();
      if (!vital && !shared.places().tryAcquire()) {
        send(
            Answer.problem(
                ProblemException.of(
                    503, "too many requests are under way; come back in a second")));
        return;
      }
      Thread.ofVirtual()
          .name("request")
          .start(
              () -> {
                var answer = found(resource, call);
                if (!vital) {
                  shared.places().release();
                }
                loop.runOnContext(back -> send(answer));
              });
    }

    /** Whatever happens, there is an answer. */
    private Answer found(Resource resource, Call call) {
      try {
        return resource.answer(call);
      } catch (Exception | Error e) {
        return shared.failures().answer(String.valueOf(request.path()), e);
      }
    }

    private void send(Answer answer) {
      var response = request.response();
      if (response.closed() || response.ended()) {
        ended(499);
        return;
      }
      response.setStatusCode(answer.status());
      answer.headers().forEach(response::putHeader);
      if (answer.status() != 204 && answer.status() != 304) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
      }
      farewell.announce(request);
      boolean silent = answer.body().length == 0 || request.method().equals(HttpMethod.HEAD);
      (silent ? response.end() : response.end(Buffer.buffer(answer.body())))
          .onComplete(done -> ended(answer.status()));
    }

    private void ended(int status) {
      if (sent.tryComplete()) {
        shared
            .metrics()
            .ended(known(request.method()), template, status, System.nanoTime() - start);
      }
    }

    private Map<String, String> headers() {
      var headers = new HashMap<String, String>();
      request
          .headers()
          .forEach((name, value) -> headers.merge(name, value, (a, b) -> a + ", " + b));
      return headers;
    }
  }

  private static Set<String> allowed(Resource resource) {
    var methods = new LinkedHashSet<>(resource.methods());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return methods;
  }

  private static Answer notAllowed(Set<String> methods) {
    var allow = String.join(", ", methods);
    return Answer.problem(
            ProblemException.of(405, "this method is not for this path; use one of " + allow))
        .with("allow", allow);
  }

  /** Strangers' words would each make a metric of its own. */
  private static String known(HttpMethod method) {
    return HttpMethod.values().contains(method) ? method.name() : "other";
  }
}
