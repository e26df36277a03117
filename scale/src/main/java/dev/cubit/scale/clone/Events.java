package dev.cubit.scale.clone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Tells the listener one event after the other, on a thread of its own: it holds up no clone. */
final class Events implements AutoCloseable {
  private final Consumer<FleetEvent> listener;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("fleet-events").factory());

  Events(Consumer<FleetEvent> listener) {
    this.listener = listener;
  }

  void tell(FleetEvent event) {
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
