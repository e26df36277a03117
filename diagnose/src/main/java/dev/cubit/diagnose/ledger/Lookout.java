package dev.cubit.diagnose.ledger;

import dev.cubit.diagnose.DiagnoseException;
import dev.cubit.diagnose.jvm.Jvm;
import dev.cubit.diagnose.jvm.ThreadDump;
import dev.cubit.target.Connections;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks again and again at what the threads of a JVM do, over an attachment of its own. A look
 * costs the JVM some milliseconds; the more it costs, the rarer they are.
 */
public final class Lookout implements AutoCloseable {
  private static final long SHORTEST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 700;

  /** A look of 20 ms, with some hundred threads, is followed by a pause of half a second. */
  private static final int PAUSE_FACTOR = 25;

  private final Jvm jvm;
  private final Path folder;
  private final List<Look> looks = new ArrayList<>(); // guarded by this
  private final Thread thread;

  private Lookout(Jvm jvm, Path folder) {
    this.jvm = jvm;
    this.folder = folder;
    this.thread = Thread.ofPlatform().daemon().name("lookout").unstarted(this::lookUntilStopped);
  }

  /** Begins to look. */
  public static Lookout begin(long pid, Path folder) throws DiagnoseException {
    Lookout lookout = new Lookout(Jvm.attach(pid), folder);
    lookout.thread.start();
    return lookout;
  }

  /** Looks once. */
  public static Look once(Jvm jvm, Path folder) throws DiagnoseException {
    Instant from = Instant.now();
    ThreadDump dump = jvm.dumpThreads(folder);
    return new Look(from, Instant.now(), dump, Connections.outbound(jvm.pid()));
  }

  private void lookUntilStopped() {
    try {
      while (!Thread.interrupted()) {
        long begin = System.nanoTime();
        Look look = once(jvm, folder);
        synchronized (this) {
          looks.add(look);
        }
        long tookMillis = (System.nanoTime() - begin) / 1_000_000;
        Thread.sleep(
            Math.clamp(tookMillis * PAUSE_FACTOR, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      }
    } catch (InterruptedException e) {
      // stopped
    } catch (DiagnoseException e) {
      // the JVM has ended: what was seen until then is what there is
    }
  }

  /** All until now. */
  public synchronized List<Look> soFar() {
    return List.copyOf(looks);
  }

  /** Ends it, after the look that is being taken. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jvm.close();
  }
}
