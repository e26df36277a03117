package dev.cubit.store.rest;

import dev.cubit.server.AccessLog;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the service tells of itself, for Prometheus: requests by method, kind of path and status,
 * the pool of connections, the JVM.
 */
final class RestMetrics {
  private final PrometheusMeterRegistry all = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final String service;
  private final AtomicInteger underWay = new AtomicInteger();

  RestMetrics(String service, AccessLog accessLog) {
    this.service = service;
    Gauge.builder(service + ".requests.under.way", underWay, AtomicInteger::get)
        .description("Requests that have come and are not yet answered")
        .register(all);
    FunctionCounter.builder(service + ".access.log.dropped", accessLog, AccessLog::dropped)
        .description("Lines of the access log given up, as their reader was too slow")
        .register(all);
    new JvmMemoryMetrics().bindTo(all);
    new JvmThreadMetrics().bindTo(all);
    new ProcessorMetrics().bindTo(all);
    new UptimeMetrics().bindTo(all);
  }

  MeterRegistry registry() {
    return all;
  }

  void begun() {
    underWay.incrementAndGet();
  }

  void ended(String method, String template, int status, long nanos) {
    underWay.decrementAndGet();
    Timer.builder(service + ".requests")
        .description("Requests, from their arrival to their answer")
        .tag("method", method)
        .tag("path", template)
        .tag("status", Integer.toString(status))
        .register(all)
        .record(Duration.ofNanos(nanos));
  }

  String scrape() {
    return all.scrape();
  }
}
