package dev.cubit.scale.gateway;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Takes what the loops tell of requests, and tells the listener, on a thread of its own. */
final class AccessDesk {
  /** Hand-overs that may wait: some seconds' worth. */
  private static final int MOST_WAITING = 256;

  private final Access.Listener listener;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("cubit-access").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  AccessDesk(Access.Listener listener) {
    this.listener = listener;
  }

  void hand(List<Access> requests) {
    thread.execute(() -> listener.ended(requests));
  }

  /** Tells what is left, and ends. */
  void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
