package dev.cubit.scale.clone;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets as many processes start at one time as there are cores: more would all be ready later. One
 * that is slow loses its turn after a while, as it may wait for something else than a core, and the
 * others are not to wait for that.
 */
final class StartTurns {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(LONGEST.toMillis(), TimeUnit.MILLISECONDS);

  private final Semaphore free;

  StartTurns(int atOnce) {
    free = new Semaphore(atOnce, true);
  }

  /** To be closed when the process is ready, or has failed. */
  final class Turn implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();

    private Turn() {
      LATER.execute(this::close);
    }

    @Override
    public void close() {
      if (over.compareAndSet(false, true)) {
        free.release();
      }
    }
  }

  /** Whether one came within the time. */
  boolean await(Duration atMost) throws InterruptedException {
    return free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The one that was waited for. */
  Turn begin() {
    return new Turn();
  }
}
