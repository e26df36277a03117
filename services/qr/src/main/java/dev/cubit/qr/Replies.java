package dev.cubit.qr;

import dev.cubit.qr.image.Format;
import dev.cubit.server.Farewell;
import dev.cubit.server.ProblemException;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Sends the answers of one event loop, and counts them. */
final class Replies {
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence DISPOSITION =
      HttpHeaders.createOptimized("content-disposition");
  private static final CharSequence ANYONE = HttpHeaders.createOptimized("*");
  private static final CharSequence A_SECOND = HttpHeaders.createOptimized("1");
  private static final Buffer NOTHING = Buffer.buffer();

  private final Farewell farewell;
  private final LoopCounters counters;
  private final Map<Format, Heads> heads = new EnumMap<>(Format.class);
  private final Heads pngHeads;

  Replies(Farewell farewell, LoopCounters counters) {
    this.farewell = farewell;
    this.counters = counters;
    for (var format : Format.values()) {
      heads.put(format, new Heads(format.mediaType(), format.extension()));
    }
    pngHeads = headsOf(Format.PNG);
  }

  /** Hot path. A plain picture, asked for by GET. */
  void png(HttpServerRequest request, byte[] file) {
    var response = request.response();
    response.headers().setAll(pngHeads.of(file.length));
    farewell.announce(request);
    counters.answered(200);
    farewell.await(response.end(wrapped(file)));
  }

  /** A picture in any format, for any method. */
  void picture(HttpServerRequest request, Order order, byte[] file) {
    var heads = headsOf(order.format());
    var response = request.response();
    boolean kept = !request.method().equals(HttpMethod.POST);
    response.headers().setAll(kept ? heads.of(file.length) : heads.unkept(file.length));
    if (!order.fileName().isEmpty()) {
      var name = withExtension(order.fileName(), order.format());
      response.putHeader(DISPOSITION, disposition(name));
    }
    end(request, response, 200, wrapped(file));
  }

  /** The head of a ZIP whose pieces will follow. */
  void beginZip(HttpServerRequest request) {
    var response = request.response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE)
        .putHeader(DISPOSITION, "attachment; filename=\"codes.zip\"");
    farewell.announce(request);
    counters.answered(200);
  }

  /** The validator of all pictures in a format. */
  String tag(Format format) {
    return headsOf(format).tag();
  }

  void unchanged(HttpServerRequest request, Format format) {
    var response = request.response();
    response.headers().setAll(headsOf(format).unchanged());
    end(request, response, 304, NOTHING);
  }

  void problem(HttpServerRequest request, ProblemException problem) {
    var response = request.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE);
    if (problem.status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, A_SECOND);
    }
    bytes(request, problem.status(), problem.document());
  }

  /** Whatever went wrong while a request was received or answered. */
  void failed(HttpServerRequest request, Throwable cause) {
    switch (cause) {
      case ProblemException problem -> problem(request, problem);
      case RuntimeException bug -> bug(request, bug);
      case Error bug -> bug(request, bug);
      default ->
          LoggerFactory.getLogger(Replies.class)
              .debug("a client has gone in the middle of its request", cause);
    }
  }

  /** What should not happen, and is ours to mend. */
  void bug(HttpServerRequest request, Throwable cause) {
    LoggerFactory.getLogger(Replies.class).error("{} failed", request.path(), cause);
    problem(
        request, ProblemException.of(500, "this is a fault of the service; it has been logged"));
  }

  /** A body whose other headers are already set. */
  void bytes(HttpServerRequest request, int status, byte[] body) {
    var response = request.response();
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    end(request, response, status, wrapped(body));
  }

  /** A whole answer of which all but the body is constant. */
  void constant(HttpServerRequest request, MultiMap head, Buffer body) {
    request.response().headers().setAll(head);
    end(request, request.response(), 200, body);
  }

  void empty(HttpServerRequest request, int status) {
    request.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANYONE);
    if (status == 204) {
      end(request, request.response(), status, NOTHING);
    } else {
      bytes(request, status, new byte[0]);
    }
  }

  /** Says that an answer will come, so that the service does not end before it. */
  Farewell farewell() {
    return farewell;
  }

  LoopCounters counters() {
    return counters;
  }

  static String disposition(String name) {
    var ascii = name.replaceAll("[^ -~]", "_").replace("%", "_");
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return ascii.equals(name)
        ? "attachment; filename=\"" + name + "\""
        : "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded.replace("*", "%2A");
  }

  static String withExtension(String name, Format format) {
    var extension = "." + format.extension();
    boolean there =
        name.regionMatches(
            true, name.length() - extension.length(), extension, 0, extension.length());
    return there ? name : name + extension;
  }

  private Heads headsOf(Format format) {
    var heads = this.heads.get(format);
    if (heads == null) {
      throw new IllegalStateException("no heads for " + format);
    }
    return heads;
  }

  /** Not copied: the bytes belong to nobody else. */
  private static Buffer wrapped(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /** The answer to HEAD has the length of the body that GET would get. */
  private void end(
      HttpServerRequest request, HttpServerResponse response, int status, Buffer body) {
    if (response.closed()) {
      return;
    }
    response.setStatusCode(status);
    farewell.announce(request);
    counters.answered(status);
    boolean silent = body.length() == 0 || request.method().equals(HttpMethod.HEAD);
    farewell.await(silent ? response.end() : response.end(body));
  }
}
