package dev.cubit.scale.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request of a client that speaks HTTP/2, in front of a {@link ClientConnection}. Hot path. */
final class ClientStream extends StreamTranslator {
  private static final byte[] VERSION = Bytes.of(" HTTP/1.1\r\n");
  private static final byte[] HOST = Bytes.of("host: ");
  private static final byte[] COOKIE = Bytes.of("cookie: ");
  private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
  private static final AsciiString HEAD = AsciiString.cached("HEAD");
  private static final AsciiString TRAILERS = AsciiString.cached("trailers");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString COOKIE_NAME = AsciiString.cached("cookie");

  private boolean isHead;
  private boolean isGrpc;

  ClientStream(Worker worker) {
    super(worker);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    worker.multiplexing.streamBegan();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    super.handlerRemoved(ctx);
    worker.multiplexing.streamEnded();
  }

  // ---- the request

  /** The pseudo-headers of a request, each there once (RFC 9113, section 8.3.1). */
  private static final class Start {
    @Nullable AsciiString method;
    @Nullable AsciiString scheme;
    @Nullable AsciiString authority;
    @Nullable AsciiString path;

    static Start of(Http2Headers headers) throws Malformed {
      Start start = new Start();
      boolean fieldsBegan = false;
      for (Map.Entry<CharSequence, CharSequence> field : headers) {
        CharSequence name = field.getKey();
        if (name.isEmpty() || name.charAt(0) != ':') {
          fieldsBegan = true;
        } else if (fieldsBegan) {
          throw new Malformed("a pseudo-header comes after fields");
        } else {
          start.take(name.toString(), value(field.getValue()));
        }
      }
      return start;
    }

    private void take(String name, AsciiString value) throws Malformed {
      boolean again =
          switch (name) {
            case ":method" -> method != null;
            case ":scheme" -> scheme != null;
            case ":authority" -> authority != null;
            case ":path" -> path != null;
            default -> true;
          };
      if (again) {
        throw new Malformed("a pseudo-header is there twice, or is not known");
      }
      switch (name) {
        case ":method" -> method = value;
        case ":scheme" -> scheme = value;
        case ":authority" -> authority = value;
        default -> path = value;
      }
    }
  }

  @Override
  Framed readHead(Http2Headers headers, boolean ends) throws Malformed {
    Start start = Start.of(headers);
    Outgoing to = worker.outgoing;
    startLine(start, to);
    if (start.authority != null) {
      to.put(HOST);
      put(to, start.authority).put(Bytes.CRLF);
    }
    long length = fields(headers, start.authority, to);
    if (length < 0 && ends && wantsLength(start.method)) {
      length = 0;
    }
    return new Framed(length, true, true);
  }

  private void startLine(Start start, Outgoing to) throws Malformed {
    AsciiString method = start.method;
    if (method == null) {
      throw new Malformed("there is no :method");
    }
    isHead = method.equals(HEAD);
    boolean connects = method.equals(CONNECT);
    AsciiString target = connects ? start.authority : start.path;
    boolean hasNoOther = connects == (start.path == null) && connects == (start.scheme == null);
    if (target == null || target.isEmpty() || !hasNoOther) {
      throw new Malformed("the pseudo-headers are not those of a request");
    }
    if (!connects && target.byteAt(0) != '/' && !target.contentEquals("*")) {
      throw new Malformed(":path is no path");
    }
    word(method);
    word(target);
    put(to, method).put(' ');
    put(to, target).put(VERSION);
  }

  /** Nothing that would end it where it stands in the request line. */
  private static void word(AsciiString text) throws Malformed {
    for (int i = 0; i < text.length(); i++) {
      byte b = text.byteAt(i);
      if (b <= ' ' || b == 0x7f) { // bytes from 0x80 on are negative
        throw new Malformed("a pseudo-header has a blank, or what is not ASCII");
      }
    }
  }

  private static boolean wantsLength(@Nullable AsciiString method) {
    return method != null
        && (method.contentEquals("POST")
            || method.contentEquals("PUT")
            || method.contentEquals("PATCH"));
  }

  /** Gives the Content-Length, -1 without. */
  private long fields(Http2Headers headers, @Nullable AsciiString authority, Outgoing to)
      throws Malformed {
    long length = -1;
    boolean hasCookie = false;
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      if (field.getKey().charAt(0) == ':') {
        continue;
      }
      AsciiString name = name(field.getKey());
      byte id = FieldName.of(name.array(), name.arrayOffset(), name.arrayOffset() + name.length());
      if (isOfConnection(id, name)) {
        throw new Malformed("a field is the connection's");
      }
      switch (id) {
        case FieldName.TE -> {
          if (!TRAILERS.contentEqualsIgnoreCase(field.getValue())) {
            throw new Malformed("te is other than trailers");
          }
        }
        case FieldName.HOST -> {
          if (authority == null || name.byteAt(0) != 'h') {
            field(to, name, field.getValue());
          } else if (!authority.contentEqualsIgnoreCase(field.getValue())) {
            throw new Malformed("host is not :authority");
          }
        }
        case FieldName.CONTENT_LENGTH -> {
          if (!name.contentEquals("content-length")) {
            throw new Malformed("content_length is nearly one");
          }
          length = contentLength(field.getValue(), length);
        }
        default -> {
          if (name.contentEquals(COOKIE_NAME)) {
            hasCookie = true;
          } else {
            isGrpc |= name.contentEquals(CONTENT_TYPE) && isGrpc(field.getValue());
            field(to, name, field.getValue());
          }
        }
      }
    }
    if (hasCookie) {
      cookies(headers, to);
    }
    return length;
  }

  /** They may come in crumbs, which elsewhere would be several fields (RFC 9113, 8.2.3). */
  private static void cookies(Http2Headers headers, Outgoing to) throws Malformed {
    to.put(COOKIE);
    boolean first = true;
    for (CharSequence crumb : headers.getAll(COOKIE_NAME)) {
      if (!first) {
        to.put(';').put(' ');
      }
      first = false;
      put(to, value(crumb));
    }
    to.put(Bytes.CRLF);
  }

  // ---- the answer

  @Override
  Head nextHead() {
    return worker.multiplexing.answer();
  }

  @Override
  Headed writeHead(Head head, ByteBuf rest) {
    ResponseHead answer = (ResponseHead) head;
    if (isGrpc && GrpcProblem.is(answer)) {
      return new Headed(GrpcProblem.of(answer.status, rest), false, true);
    }
    Http2Headers headers = noFields();
    headers.status(HttpResponseStatus.valueOf(answer.status).codeAsText());
    fields(answer, headers);
    return new Headed(headers, !isHead && !answer.isBodiless(), !answer.isInterim());
  }

  /** All was said, or what was said is not all. */
  @Override
  Http2Error giveUp() {
    return hasWrittenAll() ? Http2Error.NO_ERROR : Http2Error.INTERNAL_ERROR;
  }
}
