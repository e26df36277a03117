package dev.cubit.scale.control;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines of one answer, each a chunk. The head goes with the first of them: what fails before
 * that still has a status of its own.
 */
final class LineStream implements LineSink {
  private final Wire wire;
  private final HttpResponse head;

  /** Held while something is written, so for as long as a slow client takes. */
  private final ReentrantLock writing = new ReentrantLock();

  // guarded by writing
  private boolean begun;
  private boolean finished;

  private volatile boolean open = true;
  private volatile boolean clientGone;

  // guarded by itself
  private final List<Runnable> hooks = new ArrayList<>();

  LineStream(Wire wire, HttpResponse head) {
    this.wire = wire;
    this.head = head;
  }

  @Override
  public void line(Object value) throws IOException {
    byte[] bytes = Json.line(value);
    write(() -> wire.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes))));
  }

  /** The end of the answer, which a client can tell from one that broke off. */
  void finish() throws IOException {
    write(this::writeEnd);
  }

  /** The end, after one more line: nobody else's comes in between. */
  void finish(Object last) throws IOException {
    byte[] bytes = Json.line(last);
    write(
        () -> {
          wire.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
          writeEnd();
        });
  }

  private void writeEnd() throws IOException {
    finished = true;
    wire.write(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing part) throws IOException {
    writing.lock();
    try {
      if (finished || clientGone) {
        throw new ClientGone("the answer has ended");
      }
      if (!begun) {
        begun = true;
        wire.write(head);
      }
      part.run();
    } catch (ClientGone e) {
      throw e;
    } catch (IOException e) {
      clientGone();
      throw new ClientGone(e);
    } finally {
      writing.unlock();
    }
  }

  /** True where nothing has been written, and so nothing will be: another answer can be given. */
  boolean withdraw() {
    writing.lock();
    try {
      finished |= !begun;
      return !begun;
    } finally {
      writing.unlock();
    }
  }

  /** Takes no more lines, whoever still has this. */
  void abandon() {
    clientGone = true;
  }

  void clientGone() {
    clientGone = true;
    end();
  }

  /** Asks for the end. */
  void end() {
    List<Runnable> due;
    synchronized (hooks) {
      open = false;
      due = List.copyOf(hooks);
      hooks.clear();
    }
    due.forEach(Runnable::run);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void onEnd(Runnable hook) {
    synchronized (hooks) {
      if (open) {
        hooks.add(hook);
        return;
      }
    }
    hook.run();
  }
}
