package dev.cubit.scale.control;

import dev.cubit.scale.topology.ScaleException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Asks a running system; for any number of threads, each of whose calls has its own connection. */
public final class ControlClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
  private static final byte[] NO_BODY = {};

  private final Path folder;
  private final Duration patience;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private ControlClient(Path folder, Duration patience) {
    this.folder = folder;
    this.patience = patience;
  }

  /**
   * For the system of a folder.
   *
   * @throws ScaleException where none runs, or it is another user's
   */
  public static ControlClient of(Path folder) throws ScaleException {
    return of(folder, PATIENCE);
  }

  static ControlClient of(Path folder, Duration patience) throws ScaleException {
    ControlClient client = new ControlClient(folder, patience);
    try (SocketChannel answered = client.connect()) {
      return client;
    } catch (IOException e) {
      throw client.unreachable(e);
    }
  }

  private SocketChannel connect() throws IOException, ScaleException {
    return ControlSocket.connect(folder)
        .orElseThrow(
            () -> new ScaleException("nothing runs here: no cubit up answers in " + folder));
  }

  /** Whether nobody listens any more; one that listens may still be too busy to answer. */
  public boolean isGone() {
    try (SocketChannel _ = connect()) {
      return false;
    } catch (IOException e) {
      return false; // too many open files, for one
    } catch (ScaleException e) {
      return true;
    }
  }

  /**
   * What is at a path, with its query if it has one; all that is not ASCII is encoded already.
   *
   * @throws ScaleException with the sentence of the answer where it is a problem, and where there
   *     is none within half a minute
   */
  public JsonNode get(String path) throws ScaleException {
    return one("GET", path, NO_BODY, patience);
  }

  /**
   * As {@link #get}, by another method and for as long as it takes.
   *
   * @throws ScaleException with the sentence of the answer where it is a problem
   */
  public JsonNode send(String method, String path) throws ScaleException {
    return one(method, path, NO_BODY, FOREVER);
  }

  /** With a body, which Jackson can write. */
  public JsonNode send(String method, String path, Object body) throws ScaleException {
    return one(method, path, Json.line(body), FOREVER);
  }

  private JsonNode one(String method, String path, byte[] body, Duration within)
      throws ScaleException {
    AtomicReference<JsonNode> answer = new AtomicReference<>(Json.read(NO_BODY));
    if (!call(method, path, body, answer::set, within)) {
      throw new ScaleException("it was given up before the running system had answered");
    }
    return answer.get();
  }

  /**
   * Takes each line of an answer as it comes, in the calling thread, until the last. It also
   * returns when this is closed or its thread is interrupted.
   *
   * @throws ScaleException with the sentence of the answer where it is a problem, also amid lines,
   *     and where the running system ends before the last
   */
  public void lines(String method, String path, Consumer<JsonNode> taker) throws ScaleException {
    call(method, path, NO_BODY, taker, FOREVER);
  }

  /** With a body, which Jackson can write. */
  public void lines(String method, String path, Object body, Consumer<JsonNode> taker)
      throws ScaleException {
    call(method, path, Json.line(body), taker, FOREVER);
  }

  /** Whether it came to its end, and was not given up. */
  private boolean call(
      String method, String path, byte[] body, Consumer<JsonNode> taker, Duration within)
      throws ScaleException {
    AtomicBoolean late = new AtomicBoolean();
    try (Call call = new Call(connect())) {
      calls.add(call);
      Thread alarm = Thread.ofVirtual().unstarted(() -> endAfter(within, call, late));
      try {
        if (closed) {
          return false; // close() may have come before it could see the call
        }
        if (!within.equals(FOREVER)) {
          alarm.start();
        }
        call.ask(method, path, body, taker);
        return true;
      } finally {
        alarm.interrupt();
        calls.remove(call);
      }
    } catch (IOException e) {
      if (late.get()) {
        throw new ScaleException(
            "what runs in " + folder + " has not answered within " + within.toSeconds() + " s", e);
      }
      if (closed || e instanceof ClosedChannelException) {
        return false;
      }
      throw unreachable(e);
    }
  }

  private static void endAfter(Duration within, Call call, AtomicBoolean late) {
    try {
      Thread.sleep(within);
      late.set(true);
      call.close();
    } catch (InterruptedException e) {
      // answered in time
    } catch (IOException e) {
      // it is closed all the same
    }
  }

  private ScaleException unreachable(IOException e) {
    return new ScaleException(
        "the system in " + folder + " cannot be reached: " + e.getMessage(), e);
  }

  /** Ends all calls; from any thread. */
  @Override
  public void close() {
    closed = true;
    for (Call call : calls) {
      try {
        call.close();
      } catch (IOException e) {
        // it is closed all the same
      }
    }
  }
}
