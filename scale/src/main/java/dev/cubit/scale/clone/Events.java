package dev.cubit.scale.clone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Tells a listener one event after the other, on a thread of its own: it holds up nobody. */
public final class Events<E> implements AutoCloseable {
  private final Consumer<E> listener;
  private final ExecutorService teller;

  /**
   * For one listener.
   *
   * @param thread name of the thread that tells it
   */
  public Events(String thread, Consumer<E> listener) {
    this.listener = listener;
    this.teller = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(thread).factory());
  }

  /** Returns at once. */
  public void tell(E event) {
    teller.execute(() -> listener.accept(event));
  }

  /** Completes when all before have been told. */
  CompletableFuture<Void> told() {
    try {
      return CompletableFuture.runAsync(() -> {}, teller);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null); // it is closed, so all have been
    }
  }

  /** Returns when all have been told. */
  @Override
  public void close() {
    teller.close();
  }
}
