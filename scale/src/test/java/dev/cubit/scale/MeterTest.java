package dev.cubit.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.cubit.scale.gateway.Endpoint;
import dev.cubit.scale.gateway.Statistics;
import dev.cubit.scale.gateway.Statistics.Counts;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Looking costs the event loops something, so it is done for those who ask. */
class MeterTest {
  private static final Endpoint CLONE =
      new Endpoint("api", "main", "", "api.1", "127.0.0.1", 4711, false);

  private final AtomicInteger looks = new AtomicInteger();

  /** Before each look another hundred requests were answered, in as many milliseconds. */
  private Statistics hundredMore() {
    int look = looks.incrementAndGet();
    Histogram latency = new Histogram(1, 3_600_000_000L, 2);
    for (int of = 1; of <= look; of++) {
      latency.recordValueWithCount(1_000L * of, 100);
    }
    Counts counts =
        new Counts(
            100L * look, 0, 0, 100L * look, 0, 0, 0, Map.of(), 0, 0, 0, 0, 1, 0, 0, 0, latency);
    return new Statistics(Map.of(CLONE, counts), Map.of("api", counts), 7, Map.of());
  }

  private Meter meter(int first, int step, int idle) {
    return new Meter(
        this::hundredMore,
        new Meter.Pace(Duration.ofMillis(first), Duration.ofMillis(step), Duration.ofMillis(idle)));
  }

  @Test
  void nobody_looks_while_nobody_asks() {
    try (Meter meter = meter(1, 1, 50)) {
      assertThat(meter.isAwake()).isFalse();
      assertThat(looks).hasValue(0);
      meter.read();

      await().until(() -> !meter.isAwake());
      int before = looks.get();
      meter.read();
      assertThat(meter.isAwake()).isTrue();
      assertThat(looks).hasValueGreaterThan(before + 1);
    }
  }

  @Test
  void a_look_that_meets_a_bug_is_not_the_last() {
    AtomicInteger bugs = new AtomicInteger(3); // the third look is the first by itself
    try (Meter meter =
        new Meter(
            () -> {
              if (bugs.decrementAndGet() == 0) {
                throw new IllegalStateException("no");
              }
              return hundredMore();
            },
            new Meter.Pace(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(60)))) {
      meter.read();
      await().until(() -> !meter.isAwake());

      meter.read();
      assertThat(meter.isAwake()).isTrue();
    }
  }

  @Test
  void who_asks_first_is_told_of_what_has_happened_since() {
    try (Meter meter = meter(200, 60_000, 60_000)) {
      Meter.Reading reading = meter.read();

      assertThat(looks).hasValue(2);
      assertThat(reading.clients()).isEqualTo(7);
      Load load = reading.service("api");
      assertThat(load.requestsPerSecond()).isPositive().isLessThan(501);
      assertThat(load.p50Millis()).isCloseTo(2, within(0.02));
      assertThat(load.p99Millis()).isCloseTo(2, within(0.02));
      assertThat(load.requests()).isEqualTo(200);
      assertThat(reading.all()).isEqualTo(load);
      assertThat(reading.endpoint("api.1", OptionalInt.of(4711))).isEqualTo(load);
      assertThat(load.ejectedBy()).isEqualTo(1);
      assertThat(reading.endpoint("api.1", OptionalInt.of(1))).isEqualTo(Load.NONE);
      assertThat(reading.endpoint("api.1", OptionalInt.empty())).isEqualTo(Load.NONE);
      assertThat(reading.ownRssBytes()).isPositive();
    }
  }

  @Test
  void what_was_long_ago_is_told_no_more() {
    try (Meter meter = meter(1, 1, 60_000)) {
      meter.read();
      await().until(() -> looks.get() > 10);

      assertThat(meter.read().service("api").p50Millis()).isGreaterThan(5);
    }
  }
}
