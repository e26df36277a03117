package dev.cubit.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A request as HTTP/2 sends it, RFC 9113, section 8.3. Owned by its loop's thread. */
final class Http2Request {
  /** Of the connection, not of the request, section 8.2.2; Host is sent as :authority. */
  private static final Set<String> NOT_IN_HTTP_2 =
      Set.of(
          "connection", "host", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private record Field(String name, Template value) {}

  private final Values values;
  private final List<Field> fields = new ArrayList<>();
  private final Template body;
  private final boolean constant;
  private final Http2Headers once = new DefaultHttp2Headers(false);

  Http2Request(Request request, Optional<Variables> variables, Values values) throws LoadException {
    this.values = values;
    String authority = request.origin().getRawAuthority();
    for (Header header : request.headers()) {
      if (header.name().equalsIgnoreCase("host")) {
        authority = header.value();
      }
    }
    add(":method", request.method(), variables);
    add(":scheme", request.origin().getScheme(), variables);
    add(":authority", authority, variables);
    add(":path", request.target(), variables);
    for (Header header : request.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (!NOT_IN_HTTP_2.contains(name)) {
        add(name, header.value(), variables);
      }
    }
    this.body = Template.of(request.body(), variables);
    this.constant = body.constant() && fields.stream().allMatch(f -> f.value().constant());
    if (constant) {
      fill(once);
    }
  }

  private void add(String name, String value, Optional<Variables> variables) throws LoadException {
    fields.add(new Field(name, Template.of(value.getBytes(StandardCharsets.UTF_8), variables)));
  }

  private void fill(Http2Headers headers) {
    ByteBuf text = Unpooled.buffer(64);
    for (Field field : fields) {
      text.clear();
      field.value().write(text, values);
      headers.add(field.name(), text.toString(StandardCharsets.UTF_8));
    }
  }

  /** The next request's headers; to be followed by {@link #body} before the next call. */
  Http2Headers headers() {
    if (constant) {
      return once;
    }
    values.advance();
    Http2Headers headers = new DefaultHttp2Headers(false);
    fill(headers);
    return headers;
  }

  /** The body of the same request, owned by the caller; without a byte where it has none. */
  ByteBuf body(ByteBufAllocator allocator) {
    ByteBuf out = allocator.directBuffer(64);
    body.write(out, values);
    return out;
  }
}
