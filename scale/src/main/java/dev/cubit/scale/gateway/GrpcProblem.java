package dev.cubit.scale.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A problem of the gateway's own as gRPC tells it: status 200, and what went wrong in fields that
 * are head and trailers at once.
 *
 * <p>Source: github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md and doc/http-grpc-status-mapping.md.
 */
final class GrpcProblem {
  private static final byte[] VIA = Bytes.of("via");
  private static final Pattern DETAIL = Pattern.compile("\"detail\":\"([^\"]*)\"");

  private GrpcProblem() {}

  /** Whether it was made here: what comes from a service has been through the gateway. */
  static boolean is(ResponseHead answer) {
    return !answer.isInterim() && answer.status >= 300 && answer.find(VIA) < 0;
  }

  /**
   * Makes it.
   *
   * @param body the problem's document, which has the sentence
   */
  static Http2Headers of(int status, ByteBuf body) {
    Matcher detail = DETAIL.matcher(body.toString(ISO_8859_1));
    String sentence = detail.find() ? detail.group(1) : Problem.title(status);
    return new DefaultHttp2Headers(false)
        .status("200")
        .add("content-type", "application/grpc")
        .add("grpc-status", "" + code(status))
        .add("grpc-message", sentence.replace("%", "%25"));
  }

  private static int code(int status) {
    return switch (status) {
      case 400 -> 13; // INTERNAL
      case 401 -> 16; // UNAUTHENTICATED
      case 403 -> 7; // PERMISSION_DENIED
      case 404, 405 -> 12; // UNIMPLEMENTED
      case 413, 431 -> 8; // RESOURCE_EXHAUSTED
      case 429, 502, 503, 504 -> 14; // UNAVAILABLE
      default -> 2; // UNKNOWN
    };
  }
}
