package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One request and its answer, on a connection of its own. */
final class Call implements AutoCloseable {
  private static final int LINE_FEED = '\n';

  private final Wire wire;
  private boolean ended;

  Call(SocketChannel socket) {
    this.wire = new Wire(socket, new HttpClientCodec());
  }

  /**
   * Asks, and gives each value of the answer to the taker as it comes: one, or one a line.
   *
   * @param body none where it is empty
   * @throws ScaleException with the sentence of a problem, or where the peer is none of ours
   * @throws IOException where the answer breaks off
   */
  void ask(String method, String path, byte[] body, Consumer<JsonNode> taker)
      throws IOException, ScaleException {
    try {
      wire.write(request(method, path, body));
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      // The server may have answered without reading all, and closed: that answer says why.
    }
    HttpResponse head = head();
    int status = head.status().code();
    if (status >= 400) {
      throw ProblemDocument.exception(status, whole());
    }
    if (Json.LINES.equals(head.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
      eachLine(taker);
    } else {
      taker.accept(whole());
    }
  }

  private static FullHttpRequest request(String method, String path, byte[] body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), path, Unpooled.wrappedBuffer(body));
    request
        .headers()
        .set(HttpHeaderNames.HOST, "localhost")
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (body.length > 0) {
      request
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, Json.TYPE)
          .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    }
    return request;
  }

  private HttpResponse head() throws IOException, ScaleException {
    if (!(part() instanceof HttpResponse head)) {
      throw new IOException("what answers speaks no HTTP");
    }
    String version = head.headers().get(ServerConnection.VERSION_FIELD);
    if (version == null) {
      throw new ScaleException("what answers there is no cubit up");
    }
    if (!version.equals(ServerConnection.VERSION)) {
      throw new ScaleException(
          "what runs there was started by another version of Cubit (its control speaks "
              + version
              + ", this one "
              + ServerConnection.VERSION
              + "): use the one that it was started with");
    }
    return head;
  }

  private HttpObject part() throws IOException {
    HttpObject part = wire.read().orElseThrow(() -> new EOFException("it ended amid its answer"));
    if (part.decoderResult().isFailure()) {
      throw new IOException("what answers speaks no HTTP", part.decoderResult().cause());
    }
    return part;
  }

  private JsonNode whole() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!ended) {
      all.writeBytes(content());
    }
    return json(all);
  }

  private void eachLine(Consumer<JsonNode> taker) throws IOException, ScaleException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (!ended) {
      for (byte b : content()) {
        if (b == LINE_FEED) {
          take(json(line), taker);
          line.reset();
        } else {
          line.write(b);
        }
      }
    }
  }

  private static void take(JsonNode value, Consumer<JsonNode> taker) throws ScaleException {
    JsonNode problem = value.path("problem");
    if (value.size() == 1 && problem.isObject()) {
      throw ProblemDocument.exception(problem.path("status").asInt(500), problem);
    }
    taker.accept(value);
  }

  private static JsonNode json(ByteArrayOutputStream bytes) throws IOException {
    try {
      return Json.read(bytes.toByteArray());
    } catch (JacksonException e) {
      throw new IOException("what it answers is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The next bytes of the body, none or more. */
  private byte[] content() throws IOException {
    HttpObject part = part();
    ended = part instanceof LastHttpContent;
    if (!(part instanceof HttpContent content)) {
      return new byte[0];
    }
    byte[] bytes = ByteBufUtil.getBytes(content.content());
    content.release();
    return bytes;
  }

  /** From any thread; who asks ends with an exception. */
  @Override
  public void close() throws IOException {
    wire.close();
  }
}
