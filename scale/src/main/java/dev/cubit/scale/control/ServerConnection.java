package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client, on a virtual thread of its own.
 *
 * <pre>
 *   WAITING --whole request--> ANSWERING --answered--> WAITING
 *      |                           |
 *      | idle, server closes       | last answer, client gone
 *      v                           v
 *    ENDED                       ENDED
 * </pre>
 */
final class ServerConnection implements Runnable {
  static final String VERSION_FIELD = "cubit-control";
  static final String VERSION = "1";

  /** What a client may still send after an answer that it did not wait for. */
  private static final long UNWANTED_BYTES = 16L << 20;

  private enum State {
    WAITING,
    ANSWERING,
    ENDED
  }

  private final Wire wire;
  private final ControlHandler handler;
  private final Consumer<Throwable> bugs;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  private volatile long waitingSinceNanos = System.nanoTime();
  private volatile boolean closing;
  private volatile @Nullable LineStream stream;

  ServerConnection(SocketChannel socket, ControlHandler handler, Consumer<Throwable> bugs) {
    this.wire = new Wire(socket, new HttpServerCodec());
    this.handler = handler;
    this.bugs = bugs;
  }

  @Override
  public void run() {
    try (wire) {
      RequestReader reader = new RequestReader(wire);
      while (answerNext(reader)) {
        waitingSinceNanos = System.nanoTime();
        state.set(State.WAITING);
        if (closing) {
          return;
        }
      }
    } catch (IOException e) {
      // the client is gone, or the server: nobody is left to be told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server did not want to wait longer
    } catch (RuntimeException | Error e) {
      bugs.accept(e);
    } finally {
      state.set(State.ENDED);
    }
  }

  /** Whether there may be another. */
  private boolean answerNext(RequestReader reader) throws IOException, InterruptedException {
    Optional<RequestReader.Read> read;
    try {
      read = reader.next();
    } catch (BadRequest e) {
      refuse(e.document());
      return false;
    }
    if (read.isEmpty() || !state.compareAndSet(State.WAITING, State.ANSWERING)) {
      return false;
    }
    return answer(read.get());
  }

  /** Refuses what is no request, and what follows it. */
  private void refuse(ProblemDocument document) throws IOException {
    problem(document, false);
    wire.endWriting();
    // Without that a client that is still sending fails before it reads the answer.
    wire.awaitEnd(UNWANTED_BYTES);
  }

  private boolean answer(RequestReader.Read read) throws IOException, InterruptedException {
    boolean keep = read.keep() && !closing;
    try {
      switch (handler.answer(read.request())) {
        case Answer.Json(int status, Object body) ->
            write(status, Json.TYPE, Json.line(body), keep);
        case Answer.Refusal(int status, String sentence) ->
            problem(ProblemDocument.of(status, sentence), keep);
        case Answer.Lines(Answer.LineWriter writer) -> {
          lines(writer, read);
          return false;
        }
      }
    } catch (ScaleException e) {
      problem(ProblemDocument.of(e), keep);
    } catch (RuntimeException | Error e) {
      bugs.accept(e);
      problem(ProblemDocument.ofBug(), keep);
    }
    return keep;
  }

  private void problem(ProblemDocument document, boolean keep) throws IOException {
    write(document.status(), ProblemDocument.TYPE, Json.line(document), keep);
  }

  private void lines(Answer.LineWriter writer, RequestReader.Read read)
      throws IOException, InterruptedException {
    LineStream lines = new LineStream(wire, head(read));
    stream = lines;
    if (closing) {
      lines.end(); // close() may have come before it could see the stream
    }
    Thread.ofVirtual()
        .name("control-client-watch")
        .start(
            () -> {
              wire.awaitEnd(Long.MAX_VALUE);
              tell(lines::clientGone);
            });
    try {
      if (!read.headOnly()) {
        writer.write(lines);
      }
      lines.finish();
    } catch (ScaleException e) {
      fail(lines, ProblemDocument.of(e));
    } catch (ClientGone e) {
      // it has what it wanted
    } catch (IOException | RuntimeException | Error e) {
      bugs.accept(e);
      fail(lines, ProblemDocument.ofBug());
    } finally {
      lines.abandon();
    }
  }

  private void fail(LineStream lines, ProblemDocument document) throws IOException {
    if (lines.withdraw()) {
      problem(document, false);
    } else {
      lines.finish(new ProblemDocument.LastLine(document));
    }
  }

  private static HttpResponse head(RequestReader.Read read) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    fields(head.headers(), Json.LINES, false);
    if (read.chunks()) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return head;
  }

  private void write(int status, String type, byte[] body, boolean keep) throws IOException {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    fields(response.headers(), type, keep);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    wire.write(response);
  }

  private static void fields(HttpHeaders fields, String type, boolean keep) {
    fields.set(VERSION_FIELD, VERSION).set(HttpHeaderNames.CONTENT_TYPE, type);
    // keep-alive is said as HTTP/1.0 has to be told
    fields.set(
        HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
  }

  /** Instead of running it. */
  void turnAway() {
    try (wire) {
      problem(ProblemDocument.of(503, "too many connections to this system are open"), false);
    } catch (IOException e) {
      // it has gone by itself
    }
  }

  /** Ends it where it has waited for a request, or the rest of one, for longer than this. */
  void endIfIdle(Duration longerThan) {
    if (System.nanoTime() - waitingSinceNanos > longerThan.toNanos()) {
      endIfWaiting();
    }
  }

  private void endIfWaiting() {
    if (state.compareAndSet(State.WAITING, State.ENDED)) {
      cut();
    }
  }

  /** Lets an answer that has begun come to its end, and asks for that. */
  void end() {
    closing = true;
    LineStream lines = stream;
    if (lines != null) {
      tell(lines::end);
    }
    endIfWaiting();
  }

  /** Runs hooks of the handler's. */
  private void tell(Runnable hooks) {
    try {
      hooks.run();
    } catch (RuntimeException | Error e) {
      bugs.accept(e);
    }
  }

  /** Ends it now. */
  void cut() {
    try {
      wire.close();
    } catch (IOException e) {
      // it is closed all the same
    }
  }
}
