package dev.cubit.zoo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Has other threads do the work and waits for what they say. */
final class Quotation implements Work {
  private final ExecutorService clerks;
  private final Work work;

  Quotation(int clerks, Work work) {
    this.clerks = Executors.newFixedThreadPool(clerks);
    this.work = work;
  }

  @Override
  public String answer(String query) throws Exception {
    return clerks.submit(() -> work.answer(query)).get();
  }

  /** The same by a future that is completed: nothing names the thread that does it. */
  Work completed() {
    return query -> {
      var quotation = new CompletableFuture<String>();
      clerks.execute(
          () -> {
            try {
              quotation.complete(work.answer(query));
            } catch (Exception e) {
              quotation.completeExceptionally(e);
            }
          });
      return quotation.get();
    };
  }
}
