package dev.cubit.qr;

import dev.cubit.server.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The threads for what is too large for an event loop, and the bounded queue before them. What does
 * not fit in is refused at once: a client that is told to come back is better off than one that
 * waits in a queue which only grows.
 *
 * <p>Shared by all event loops.
 */
final class Workers implements AutoCloseable {
  /** Each holds up to 8 MB. */
  private static final int MOST_BATCHES = 8;

  private final ExecutorService threads;
  private final Semaphore places;
  private final Semaphore batches = new Semaphore(MOST_BATCHES);
  private final int queue;
  private final int workers;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong doneNanos = new AtomicLong();
  private final ThreadLocal<PictureMaker> makers = ThreadLocal.withInitial(PictureMaker::new);

  /**
   * Threads are started as they are needed.
   *
   * @param workers how many do the work
   * @param queue how many orders may wait for them
   */
  Workers(int workers, int queue) {
    this.workers = workers;
    this.queue = queue;
    places = new Semaphore(workers + queue);
    threads = Executors.newFixedThreadPool(workers, Workers::thread);
  }

  private static Thread thread(Runnable work) {
    var thread =
        new Thread(
            () -> {
              Niceness.stepBack();
              work.run();
            },
            "worker");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Has work done, and its result handed over on the event loop of the context.
   *
   * @throws ProblemException if there is no place left in the queue
   */
  <T> Future<T> order(Context context, Function<PictureMaker, T> work) {
    if (!places.tryAcquire()) {
      refused.incrementAndGet();
      throw ProblemException.of(
          503, "too much large work is waiting already; come back in a second");
    }
    return run(
        context,
        maker -> {
          long start = System.nanoTime();
          try {
            return work.apply(maker);
          } finally {
            places.release();
            done.incrementAndGet();
            doneNanos.addAndGet(System.nanoTime() - start);
          }
        });
  }

  /**
   * Takes a place for a batch, which lasts as long as its client takes to read it.
   *
   * @return gives the place back
   * @throws ProblemException if too many batches are on their way
   */
  Runnable batch() {
    if (!batches.tryAcquire()) {
      refused.incrementAndGet();
      throw ProblemException.of(503, "too many batches are on their way; come back in a second");
    }
    return batches::release;
  }

  /** Has work done past the queue: the next piece of what was taken in before. */
  <T> Future<T> run(Context context, Function<PictureMaker, T> work) {
    var promise = Promise.<T>promise();
    threads.execute(
        () -> {
          try {
            var result = work.apply(makers.get());
            context.runOnContext(back -> promise.complete(result));
          } catch (RuntimeException | OutOfMemoryError e) {
            context.runOnContext(back -> promise.fail(e));
          }
        });
    return promise.future();
  }

  /** Orders that wait for a worker. */
  int waiting() {
    return Math.max(0, taken() - workers);
  }

  /** Orders that are being worked on. */
  int busy() {
    return Math.min(workers, taken());
  }

  long refused() {
    return refused.get();
  }

  /** Orders that are done. */
  long done() {
    return done.get();
  }

  /** How long they took, without their time in the queue. */
  long doneNanos() {
    return doneNanos.get();
  }

  private int taken() {
    return workers + queue - places.availablePermits();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
