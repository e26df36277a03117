package dev.cubit.qr;

import dev.cubit.server.AccessLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the service tells of itself, for Prometheus. Micrometer's own counters and timers cost 20 to
 * 100 ns each time; so the loops count by themselves ({@link LoopCounters}), and Micrometer asks
 * them when somebody asks for the metrics.
 *
 * <p>Shared by all event loops. The registry is made when it is first asked for, which takes a
 * fraction of a second: never on an event loop.
 */
final class Metrics {
  private final List<LoopCounters> loops = new CopyOnWriteArrayList<>();
  private final Workers workers;
  private final AccessLog accessLog;

  /** Guarded by this. */
  private @Nullable PrometheusMeterRegistry registry;

  Metrics(Workers workers, AccessLog accessLog) {
    this.workers = workers;
    this.accessLog = accessLog;
  }

  /** Takes the counts of one more event loop in. */
  LoopCounters loop() {
    var counters = new LoopCounters();
    loops.add(counters);
    return counters;
  }

  /** All metrics in Prometheus' text format. */
  String scrape() {
    return registry().scrape();
  }

  private synchronized PrometheusMeterRegistry registry() {
    if (registry == null) {
      registry = filled();
    }
    return registry;
  }

  private PrometheusMeterRegistry filled() {
    var all = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    for (int status : LoopCounters.STATUSES) {
      FunctionCounter.builder("qr.requests", this, its -> its.sum(loop -> loop.answers(status)))
          .description("Answers by status")
          .tag("status", Integer.toString(status))
          .register(all);
    }
    FunctionTimer.builder(
            "qr.encode",
            this,
            its -> its.sum(LoopCounters::timedPictures),
            its -> its.sum(LoopCounters::timedNanos),
            TimeUnit.NANOSECONDS)
        .description("Encoding and drawing on event loops; one picture in 16 is timed")
        .register(all);
    FunctionTimer.builder(
            "qr.worker.encode", workers, Workers::done, Workers::doneNanos, TimeUnit.NANOSECONDS)
        .description("Work on large orders by workers")
        .register(all);
    Gauge.builder("qr.queue.length", workers, Workers::waiting)
        .description("Large orders that wait for a worker")
        .register(all);
    Gauge.builder("qr.workers.busy", workers, Workers::busy)
        .description("Large orders that are being worked on")
        .register(all);
    FunctionCounter.builder("qr.rejected", workers, Workers::refused)
        .description("Large orders refused with 503, as the queue was full")
        .register(all);
    FunctionCounter.builder("qr.access.log.dropped", accessLog, AccessLog::dropped)
        .description("Lines of the access log given up, as their reader was too slow")
        .register(all);
    new JvmMemoryMetrics().bindTo(all);
    new JvmThreadMetrics().bindTo(all);
    new ProcessorMetrics().bindTo(all);
    new UptimeMetrics().bindTo(all);
    return all;
  }

  private long sum(ToLongFunction<LoopCounters> count) {
    long sum = 0;
    for (var loop : loops) {
      sum += count.applyAsLong(loop);
    }
    return sum;
  }
}
