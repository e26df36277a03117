package dev.cubit.scale;

import dev.cubit.scale.gateway.Gateway;
import dev.cubit.scale.gateway.Statistics;
import dev.cubit.scale.gateway.Statistics.Counts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Rates, from the difference of two looks at the gateway's counts. It looks once a second and
 * remembers {@value #LOOKS} looks, so that what is told is of the last five to six seconds.
 */
final class Meter implements AutoCloseable {
  private static final int LOOKS = 6;
  private static final long SECOND_MILLIS = 1_000;

  /** The counts at a moment. */
  private record Look(long nanos, Statistics counted) {}

  private final Gateway gateway;
  private final Deque<Look> looks = new ArrayDeque<>(); // guarded by itself
  private final Thread thread = Thread.ofVirtual().name("meter").unstarted(this::run);

  Meter(Gateway gateway) {
    this.gateway = gateway;
    look();
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(SECOND_MILLIS);
        look();
      }
    } catch (InterruptedException e) {
      // it is closed
    }
  }

  private void look() {
    Look now = new Look(System.nanoTime(), gateway.statistics());
    synchronized (looks) {
      looks.addLast(now);
      if (looks.size() > LOOKS) {
        looks.removeFirst();
      }
    }
  }

  /** What is carried now. */
  Reading read() {
    Look now = new Look(System.nanoTime(), gateway.statistics());
    synchronized (looks) {
      return new Reading(looks.getFirst(), now);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Between two looks. */
  static final class Reading {
    private final Look before;
    private final Look now;

    private Reading(Look before, Look now) {
      this.before = before;
      this.now = now;
    }

    long clients() {
      return now.counted().clients();
    }

    /** Of all services. */
    Load all() {
      return now.counted().services().keySet().stream()
          .map(this::service)
          .reduce(Load.NONE, this::sum);
    }

    /** Latencies of a sum are the slowest service's. */
    private Load sum(Load a, Load b) {
      return new Load(
          a.requestsPerSecond() + b.requestsPerSecond(),
          a.errorsPerSecond() + b.errorsPerSecond(),
          a.inFlight() + b.inFlight(),
          Math.max(a.p50Millis(), b.p50Millis()),
          Math.max(a.p99Millis(), b.p99Millis()),
          a.requests() + b.requests());
    }

    Load service(String name) {
      return load(counted -> counted.services().get(name));
    }

    /** Of a clone or server; a clone's successor has its name on another port. */
    Load endpoint(String name, OptionalInt port) {
      return now.counted().endpoints().keySet().stream()
          .filter(e -> e.name().equals(name) && port.equals(OptionalInt.of(e.port())))
          .findFirst()
          .map(e -> load(counted -> counted.endpoints().get(e)))
          .orElse(Load.NONE);
    }

    private Load load(Function<Statistics, @Nullable Counts> of) {
      Counts to = of.apply(now.counted());
      if (to == null) {
        return Load.NONE;
      }
      Counts from = of.apply(before.counted());
      double seconds = Math.max(1e-3, (now.nanos() - before.nanos()) / 1e9);
      Histogram latency = to.latencyMicros().copy();
      if (from != null) {
        latency.subtract(from.latencyMicros());
      }
      return new Load(
          ended(to, from, Meter::ended) / seconds,
          ended(to, from, Counts::failed) / seconds,
          to.inFlight(),
          millis(latency, 50),
          millis(latency, 99),
          to.requests());
    }

    private static double ended(Counts to, @Nullable Counts from, Function<Counts, Long> what) {
      return what.apply(to) - (from == null ? 0 : what.apply(from));
    }

    private static double millis(Histogram micros, double percent) {
      return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percent) / 1e3;
    }
  }

  private static long ended(Counts counts) {
    return counts.requests() - counts.inFlight();
  }
}
