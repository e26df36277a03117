package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a service that speaks HTTP/2, in front of an {@link UpstreamConnection}. Hot path.
 */
final class ServerStream extends StreamTranslator {
  private static final byte[] VERSION = Bytes.of("HTTP/1.1 ");

  /** The stream serves one request; the connection is kept elsewhere. */
  private static final byte[] CLOSE = Bytes.of("connection: close\r\n");

  private static final AsciiString TE = AsciiString.cached("te");
  private static final AsciiString TRAILERS = AsciiString.cached("trailers");
  private static final AsciiString HTTP = AsciiString.cached("http");
  private static final AsciiString HTTPS = AsciiString.cached("https");
  private static final AsciiString STATUS = AsciiString.cached(":status");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");

  private final AsciiString scheme;
  private boolean isHead;

  ServerStream(Worker worker, boolean tls) {
    super(worker);
    this.scheme = tls ? HTTPS : HTTP;
  }

  // ---- the request

  @Override
  Head nextHead() {
    return worker.multiplexing.request();
  }

  @Override
  Headed writeHead(Head head, ByteBuf rest) {
    RequestHead request = (RequestHead) head;
    byte[] b = request.bytes;
    isHead = request.method == Method.HEAD;
    Http2Headers headers = noFields();
    headers.method(text(b, request.methodFrom, request.methodTo));
    headers.scheme(scheme);
    headers.authority(text(b, request.hostFrom, request.hostTo));
    headers.path(text(b, request.targetFrom, request.targetTo));
    fields(request, headers);
    headers.add(TE, TRAILERS); // they are passed on
    return new Headed(headers, request.chunked || request.contentLength > 0, true);
  }

  // ---- the answer

  @Override
  Framed readHead(Http2Headers headers, boolean ends) throws Malformed {
    int status = status(headers.status());
    boolean isFinal = status >= 200;
    Outgoing to = worker.outgoing;
    to.put(VERSION).put(status).put(' ').put(Bytes.CRLF);
    long length = -1;
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      if (field.getKey().isEmpty() || field.getKey().charAt(0) == ':') {
        if (!STATUS.contentEquals(field.getKey())) {
          throw new Malformed("a pseudo-header is none of an answer");
        }
        continue;
      }
      AsciiString name = name(field.getKey());
      byte id = FieldName.of(name.array(), name.arrayOffset(), name.arrayOffset() + name.length());
      if (isOfConnection(id, name)) {
        throw new Malformed("a field is the connection's");
      }
      if (id == FieldName.CONTENT_LENGTH && isFinal) {
        length = contentLength(field.getValue(), length);
      } else {
        field(to, name, field.getValue());
      }
    }
    if (isFinal) {
      to.put(CLOSE);
    }
    boolean hasBody = !isHead && status != 204 && status != 304;
    return new Framed(hasBody ? framed(headers, length, ends) : length, hasBody, isFinal);
  }

  /**
   * The length as HTTP/1.1 is told: none where trailers may come, which only chunks can have, and
   * none where the stream ends after its last byte.
   */
  private static long framed(Http2Headers headers, long length, boolean ends) {
    if (ends) {
      return Math.max(0, length);
    }
    return length == 0 || isGrpc(headers.get(CONTENT_TYPE)) ? -1 : length;
  }

  private static int status(@Nullable CharSequence text) throws Malformed {
    if (text == null || text.length() != 3) {
      throw new Malformed("there is no status");
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new Malformed("the status is no number");
      }
      status = status * 10 + digit;
    }
    if (status == 101 || status < 100) { // RFC 9113, section 8.6
      throw new Malformed("the status is none of HTTP/2");
    }
    return status;
  }

  @Override
  Http2Error giveUp() {
    return Http2Error.CANCEL;
  }
}
