package dev.cubit.scale.control;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes requests of what comes in. */
final class RequestReader {
  private static final int BODY_BYTES = 1 << 20;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Wire wire;

  /**
   * A request, and what its answer has to mind.
   *
   * @param headOnly the answer has no body
   * @param chunks the client knows chunked answers
   * @param keep the client would use the connection again
   */
  record Read(ControlRequest request, boolean headOnly, boolean chunks, boolean keep) {}

  RequestReader(Wire wire) {
    this.wire = wire;
  }

  /** The next; empty where the client has ended. */
  Optional<Read> next() throws IOException, BadRequest {
    Optional<HttpObject> first = wire.read();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    if (!(first.get() instanceof HttpRequest head)) {
      throw new BadRequest(400, "a request was expected");
    }
    checkDecoded(head.decoderResult());
    Optional<byte[]> body = body(head);
    if (body.isEmpty()) {
      return Optional.empty();
    }
    boolean headOnly = head.method().equals(HttpMethod.HEAD);
    return Optional.of(
        new Read(
            new ControlRequest(
                headOnly ? "GET" : head.method().name(),
                path(head.uri()),
                query(head.uri()),
                json(body.get())),
            headOnly,
            head.protocolVersion().isKeepAliveDefault(),
            HttpUtil.isKeepAlive(head)));
  }

  private static void checkDecoded(DecoderResult result) throws BadRequest {
    if (result.isSuccess()) {
      return;
    }
    throw switch (result.cause()) {
      case TooLongHttpLineException _ ->
          new BadRequest(414, "the request's first line is too long");
      case TooLongHttpHeaderException _ -> new BadRequest(431, "the request's head is too long");
      default -> new BadRequest(400, "this is no HTTP/1.1 request");
    };
  }

  private Optional<byte[]> body(HttpRequest head) throws IOException, BadRequest {
    if (HttpUtil.getContentLength(head, 0L) > BODY_BYTES) {
      throw tooLarge();
    }
    if (HttpUtil.is100ContinueExpected(head)) {
      wire.write(ByteBuffer.wrap(CONTINUE));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      Optional<HttpObject> part = wire.read();
      if (part.isEmpty()) {
        return Optional.empty();
      }
      checkDecoded(part.get().decoderResult());
      if (part.get() instanceof HttpContent content) {
        body.writeBytes(ByteBufUtil.getBytes(content.content()));
        content.release();
      }
      if (body.size() > BODY_BYTES) {
        throw tooLarge();
      }
      if (part.get() instanceof LastHttpContent) {
        return Optional.of(body.toByteArray());
      }
    }
  }

  private static BadRequest tooLarge() {
    return new BadRequest(413, "a body has at most " + BODY_BYTES + " bytes");
  }

  private static JsonNode json(byte[] body) throws BadRequest {
    try {
      return Json.read(body);
    } catch (JacksonException e) {
      throw new BadRequest(400, "the body is no JSON: " + e.getOriginalMessage());
    }
  }

  private static List<String> path(String uri) throws BadRequest {
    if (!uri.startsWith("/")) {
      throw new BadRequest(400, "a path begins with a slash");
    }
    int end = uri.indexOf('?');
    List<String> path = new ArrayList<>();
    for (String part : uri.substring(1, end < 0 ? uri.length() : end).split("/", 0)) {
      // a plus is a space in queries only
      path.add(decoded(part.replace("+", "%2B")));
    }
    return path.equals(List.of("")) ? List.of() : path;
  }

  private static Map<String, String> query(String uri) throws BadRequest {
    int start = uri.indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : start < 0 ? new String[0] : uri.substring(start + 1).split("&", 0)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!pair.isEmpty() && query.put(name, value) != null) {
        throw new BadRequest(400, "the query has " + name + " twice");
      }
    }
    return query;
  }

  private static String decoded(String text) throws BadRequest {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(400, "two hexadecimal digits have to follow a % sign");
    }
  }
}
