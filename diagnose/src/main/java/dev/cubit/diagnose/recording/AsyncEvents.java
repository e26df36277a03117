package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.recording.Recording.Asleep;
import dev.cubit.diagnose.recording.Recording.AsyncProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What async-profiler writes otherwise than the JVM's own recorder. Its settings come before its
 * samples in each chunk, and its samples do not say what they stand for.
 */
final class AsyncEvents {
  private static final long CPU_NANOS = 10_000_000;
  private static final long WALL_NANOS = 50_000_000;

  private final Traces traces;
  private final List<Asleep> asleep = new ArrayList<>();
  private String engine = "";
  private long cpuNanos = CPU_NANOS;
  private long wallNanos = WALL_NANOS;

  AsyncEvents(Traces traces) {
    this.traces = traces;
  }

  /** The JVM's own settings are events of the same name. */
  void setting(RecordedEvent e) {
    if (!String.valueOf(e.getEventType().getLabel()).startsWith("Async-profiler")) {
      return;
    }
    String value = String.valueOf(e.getString("value"));
    switch (String.valueOf(e.getString("name"))) {
      case "engine" -> engine = value;
      case "interval" -> cpuNanos = positive(value, CPU_NANOS);
      case "wall" -> wallNanos = positive(value, WALL_NANOS);
      default -> {}
    }
  }

  private static long positive(String number, long otherwise) {
    return number.matches("[1-9]\\d{0,17}") ? Long.parseLong(number) : otherwise;
  }

  /** One look at a thread, or several in a row in which nothing had changed. */
  void wallClock(RecordedEvent e, long at) {
    if (isAsleep(e)) {
      long looks = e.hasField("samples") ? e.getLong("samples") : 1;
      asleep.add(new Asleep(at, looks * wallNanos, traces.of(e.getStackTrace())));
    } // one that runs is in the CPU samples
  }

  boolean isAsleep(RecordedEvent e) {
    return e.hasField("state") && "STATE_SLEEPING".equals(e.getString("state"));
  }

  /** What a CPU sample stands for; empty in a recording of the JVM's own. */
  OptionalLong cpuNanos() {
    return engine.isEmpty() ? OptionalLong.empty() : OptionalLong.of(cpuNanos);
  }

  Optional<AsyncProfile> profile() {
    return engine.isEmpty() ? Optional.empty() : Optional.of(new AsyncProfile(engine, asleep));
  }
}
