package dev.cubit.load;

import dev.cubit.load.LoadResult.Ending;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A load that goes on. {@link #stop} and {@link #finish} may be called by any thread.
 *
 * <p>Nothing is shared by the event loops while it runs: each has its own connections, counts and
 * histograms, and hands them over once a sample interval to the one thread that is kept here. Only
 * failures go to a counter of all, where the plan says to bail out.
 */
public final class LoadRun {
  private final LoadPlan plan;
  private final Transports transport;
  private final EventLoops threads;
  private final List<Loop> loops = new ArrayList<>();
  private final LinkedBlockingQueue<Loop.Snapshot> snapshots = new LinkedBlockingQueue<>();
  private final AtomicLong failures = new AtomicLong();
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private final CompletableFuture<Ending> early = new CompletableFuture<>();

  private LoadRun(LoadPlan plan) throws LoadException {
    this.plan = plan;
    this.transport = Transports.of(plan.transport(), plan.pace());
    List<Endpoint> endpoints = Endpoint.of(plan, transport);
    Optional<SslContext> tls =
        endpoints.stream().anyMatch(Endpoint::secure)
            ? Optional.of(TlsContext.of(plan.connections().tls(), plan.connections().protocol()))
            : Optional.empty();
    this.threads = EventLoops.take(transport, plan.threads());
    try {
      for (EventLoop thread : threads.each()) {
        loops.add(
            new Loop(
                plan,
                loops.size(),
                thread,
                transport,
                endpoints,
                tls,
                snapshots::add,
                this::failed));
      }
    } catch (LoadException | RuntimeException e) {
      threads.shutDown();
      throw e;
    }
  }

  /**
   * Begins a load: opens its connections, then sends.
   *
   * @param progress called on one thread of the run's own, never after {@link #await} has returned
   * @throws LoadException where it cannot begin: a transport that is not there, certificates that
   *     cannot be read, a placeholder that does not exist. A target that cannot be reached is no
   *     exception but a result with errors.
   */
  public static LoadRun start(LoadPlan plan, Consumer<Progress> progress) throws LoadException {
    LoadRun run = new LoadRun(plan);
    Thread.ofPlatform().daemon().name("cubit-load-run").start(() -> run.conduct(progress));
    return run;
  }

  /** Ends it now; what was measured until now is the result, with the ending INTERRUPTED. */
  public void stop() {
    if (early.complete(Ending.INTERRUPTED)) {
      loops.forEach(loop -> loop.execute(loop::over));
    }
  }

  /** Ends it as if its time were up: the ending is COMPLETED. For a warm-up that has settled. */
  public void finish() {
    endEarly(Ending.COMPLETED);
  }

  private void endEarly(Ending ending) {
    if (early.complete(ending)) {
      loops.forEach(loop -> loop.execute(loop::end));
    }
  }

  private void failed() {
    if (plan.bailout().isPresent() && failures.incrementAndGet() >= plan.bailout().getAsInt()) {
      endEarly(Ending.BAILED_OUT);
    }
  }

  /**
   * Waits until it is over.
   *
   * @throws IllegalStateException on a bug of ours
   */
  public LoadResult await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load generator failed", e.getCause());
    }
  }

  private void conduct(Consumer<Progress> progress) {
    try {
      Duration cpuBefore = processCpu();
      int open = openAll();
      Instant start = Instant.now();
      Collector collector = new Collector(plan, progress);
      if (open == 0 || early.isDone()) {
        early.complete(Ending.TARGET_LOST);
        loops.forEach(loop -> loop.execute(loop::over));
      } else {
        long begin = System.nanoTime();
        loops.forEach(loop -> loop.begin(begin));
      }
      while (!collector.complete()) {
        collector.add(snapshots.take());
      }
      Ending ending = early.getNow(collector.lost() ? Ending.TARGET_LOST : Ending.COMPLETED);
      Duration cpu = processCpu().minus(cpuBefore);
      releaseThreads();
      result.complete(collector.result(start, ending, transport.name(), cpu));
    } catch (Throwable e) {
      threads.shutDown();
      result.completeExceptionally(e);
    }
  }

  /** Opens all connections of all loops, and waits for that as long as a request may take. */
  private int openAll() throws InterruptedException, ExecutionException {
    List<CompletableFuture<Integer>> tried = loops.stream().map(Loop::openAll).toList();
    CompletableFuture<Void> all = CompletableFuture.allOf(tried.toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, early)
          .get(plan.timeout().toMillis() + 100, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return 1; // some of a loop's are open or hang: the load begins with what there is
    }
    return tried.stream().mapToInt(t -> t.getNow(0)).sum();
  }

  private void releaseThreads() throws InterruptedException, ExecutionException {
    CompletableFuture<?>[] closed =
        loops.stream().map(Loop::allClosed).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(closed).get(2, TimeUnit.SECONDS);
      threads.giveBack();
    } catch (TimeoutException e) {
      threads.shutDown(); // what still is not closed ends with its thread
    }
  }

  private static Duration processCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
