package dev.cubit.scale;

import dev.cubit.scale.gateway.Statistics;
import dev.cubit.scale.gateway.Statistics.Counts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Rates, from the difference of two looks at the gateway's counts.
 *
 * <p>A look copies the histogram of each endpoint, 27 KB, on each event loop, so nobody looks while
 * nobody asks. Who asks first waits for a second look. From then on it looks by itself, until
 * nobody has asked for a while:
 *
 * <pre>
 *   asleep --asked: look, pause, look--> awake --not asked for Pace.idle--> asleep, looks forgotten
 *                                        looks each Pace.step, keeps the last three
 * </pre>
 */
final class Meter implements AutoCloseable {
  private static final int LOOKS = 3;

  /**
   * How often it looks.
   *
   * @param first how far the first two looks are from each other
   * @param step between those that follow; what is told is of the last two to three steps then
   * @param idle how long it goes on when nobody asks
   */
  record Pace(Duration first, Duration step, Duration idle) {
    /** Who asks once a minute is told of several seconds each time. */
    static final Pace USUAL =
        new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(65));
  }

  /** The counts at a moment. */
  private record Look(long nanos, Statistics counted, OwnUse own) {}

  private final Supplier<Statistics> counts;
  private final Pace pace;
  private final Deque<Look> looks = new ArrayDeque<>(); // guarded by this, as all below
  private @Nullable Thread awake;
  private long askedNanos;

  Meter(Supplier<Statistics> counts, Pace pace) {
    this.counts = counts;
    this.pace = pace;
  }

  private Look look() {
    return new Look(System.nanoTime(), counts.get(), OwnUse.now());
  }

  /** What is carried now. */
  synchronized Reading read() {
    askedNanos = System.nanoTime();
    if (looks.isEmpty()) {
      looks.add(look());
      awake = Thread.ofVirtual().name("meter").start(this::goOn);
      pause(pace.first());
    }
    return new Reading(looks.getFirst(), look());
  }

  private void goOn() {
    try {
      while (pause(pace.step()) && isWanted()) {
        Look next = look();
        synchronized (this) {
          looks.addLast(next);
          if (looks.size() > LOOKS) {
            looks.removeFirst();
          }
        }
      }
    } catch (RuntimeException | Error e) {
      fallAsleep(); // who asks next meets it too, and is told
    }
  }

  private synchronized boolean isWanted() {
    boolean wanted = System.nanoTime() - askedNanos < pace.idle().toNanos();
    if (!wanted) {
      fallAsleep();
    }
    return wanted;
  }

  private synchronized void fallAsleep() {
    looks.clear();
    awake = null;
  }

  /** Whether it looks by itself. */
  synchronized boolean isAwake() {
    return awake != null;
  }

  /** Whether the time has passed, without an interrupt. */
  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    if (awake != null) {
      awake.interrupt();
    }
  }

  /** Between two looks. */
  static final class Reading {
    private final Look before;
    private final Look now;
    private final double seconds;
    private final Map<String, Span> endpoints = new HashMap<>();

    private Reading(Look before, Look now) {
      this.before = before;
      this.now = now;
      this.seconds = Math.max(1e-3, (now.nanos() - before.nanos()) / 1e9);
      now.counted()
          .endpoints()
          .keySet()
          .forEach(e -> endpoints.put(e.name() + ":" + e.port(), span(c -> c.endpoints().get(e))));
    }

    long clients() {
      return now.counted().clients();
    }

    /** Of this process; 100 is one core. */
    double ownCpuPercent() {
      return (now.own().cpuNanos() - before.own().cpuNanos()) / (seconds * 1e7);
    }

    long ownRssBytes() {
      return now.own().rssBytes();
    }

    /** Of all services. */
    Load all() {
      Span sum =
          now.counted().services().keySet().stream()
              .map(this::ofService)
              .reduce(Span.none(), Span::plus);
      return sum.load(seconds);
    }

    Load service(String name) {
      return ofService(name).load(seconds);
    }

    private Span ofService(String name) {
      return span(counted -> counted.services().get(name));
    }

    /** Of a clone or server; a clone's successor has its name on another port. */
    Load endpoint(String name, OptionalInt port) {
      Span known = port.isEmpty() ? null : endpoints.get(name + ":" + port.getAsInt());
      return known == null ? Load.NONE : known.load(seconds);
    }

    private Span span(Function<Statistics, @Nullable Counts> of) {
      Counts to = of.apply(now.counted());
      return to == null ? Span.none() : Span.between(of.apply(before.counted()), to);
    }
  }

  /** What has ended between two looks, and what there is at the second. */
  private record Span(
      long ended,
      long failed,
      long inFlight,
      long requests,
      long ejectedBy,
      Histogram latencyMicros) {
    static Span none() {
      return new Span(0, 0, 0, 0, 0, new Histogram(2));
    }

    static Span between(@Nullable Counts from, Counts to) {
      Histogram latency = to.latencyMicros().copy();
      if (from != null) {
        latency.subtract(from.latencyMicros());
      }
      return new Span(
          endedBy(to) - (from == null ? 0 : endedBy(from)),
          to.failed() - (from == null ? 0 : from.failed()),
          to.inFlight(),
          to.requests(),
          to.ejectedBy(),
          latency);
    }

    private static long endedBy(Counts counts) {
      return counts.requests() - counts.inFlight();
    }

    Span plus(Span other) {
      Histogram both = latencyMicros.copy();
      both.add(other.latencyMicros);
      return new Span(
          ended + other.ended,
          failed + other.failed,
          inFlight + other.inFlight,
          requests + other.requests,
          ejectedBy + other.ejectedBy,
          both);
    }

    Load load(double seconds) {
      return new Load(
          ended / seconds,
          failed / seconds,
          inFlight,
          millis(latencyMicros, 50),
          millis(latencyMicros, 99),
          requests,
          ejectedBy);
    }

    private static double millis(Histogram micros, double percent) {
      return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percent) / 1e3;
    }
  }
}
