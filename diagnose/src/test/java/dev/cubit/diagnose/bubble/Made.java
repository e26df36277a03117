package dev.cubit.diagnose.bubble;

import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Collector;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Recording.Pause;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A recording of ten seconds, made by hand. */
final class Made {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1000 * MILLI;

  /** What is below a request on the JDK's own server with a pool of threads. */
  static final String SERVED =
      " sun.net.httpserver.ServerImpl$Exchange.run"
          + " java.util.concurrent.ThreadPoolExecutor.runWorker"
          + " java.util.concurrent.ThreadPoolExecutor$Worker.run java.lang.Thread.run";

  static final String PARKED =
      "jdk.internal.misc.Unsafe.park java.util.concurrent.locks.LockSupport.park ";

  private final List<Wait> waits = new ArrayList<>();
  private final List<CpuSample> cpu = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final Map<String, Trace> traces = new HashMap<>();
  private double machine = 0.2;

  /** The top first, each {@code package.Type.method} or with {@code :line}. */
  Trace trace(String stack) {
    return traces.computeIfAbsent(
        stack,
        s -> new Trace(List.of(s.strip().split("\\s+")).stream().map(Made::frame).toList(), false));
  }

  static Frame frame(String text) {
    int colon = text.lastIndexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    int dot = name.lastIndexOf('.');
    return new Frame(
        name.substring(0, dot),
        name.substring(dot + 1),
        colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1)),
        Frame.Kind.JAVA);
  }

  Made wait(WaitKind kind, long atMillis, long millis, long thread, String detail, String stack) {
    return wait(kind, atMillis, millis, thread, 0, detail, stack);
  }

  Made wait(
      WaitKind kind,
      long atMillis,
      long millis,
      long thread,
      long owner,
      String detail,
      String stack) {
    waits.add(
        new Wait(
            kind,
            atMillis * MILLI,
            millis * MILLI,
            "worker-" + thread,
            false,
            detail,
            trace(stack),
            thread,
            owner));
    return this;
  }

  Made virtual(
      WaitKind kind, long atMillis, long millis, long thread, String detail, String stack) {
    waits.add(
        new Wait(
            kind,
            atMillis * MILLI,
            millis * MILLI,
            "virtual threads",
            true,
            detail,
            trace(stack),
            thread,
            0));
    return this;
  }

  Made runs(long atMillis, long millis, long thread, String stack) {
    cpu.add(
        new CpuSample(atMillis * MILLI, millis * MILLI, "worker-" + thread, trace(stack), thread));
    return this;
  }

  Made pause(long atMillis, long millis) {
    pauses.add(new Pause(atMillis * MILLI, millis * MILLI, "GC Pause"));
    return this;
  }

  Made machine(double share) {
    machine = share;
    return this;
  }

  Recording recording() {
    List<Counters> counters = new ArrayList<>();
    for (int second = 0; second <= 10; second++) {
      counters.add(new Counters(second * SECOND, machine, 0, machine, -1, -1, -1));
    }
    return new Recording(
        Instant.EPOCH,
        Duration.ofSeconds(10),
        waits.size(),
        new JvmNames("", "", "", 0),
        cpu,
        0,
        waits,
        pauses,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        counters,
        List.of(),
        Map.of(),
        List.of(),
        Collector.UNKNOWN,
        List.of());
  }

  /**
   * The bubbles of it.
   *
   * @param inFlight mean requests
   */
  Bubbles bubbles(double inFlight) {
    return Bubbles.of(recording(), parties(), Duration.ofMillis(Math.round(inFlight * 10_000)));
  }

  static Parties parties() {
    return Parties.of(List.of("com.example"), "", Path.of("."));
  }
}
