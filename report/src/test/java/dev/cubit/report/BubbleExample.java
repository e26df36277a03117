package dev.cubit.report;

import dev.cubit.diagnose.bubble.Bubbles;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Parties;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.Collector;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.CpuSample;
import dev.cubit.diagnose.recording.Recording.JvmNames;
import dev.cubit.diagnose.recording.Recording.Wait;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recordings to draw, made by hand. */
final class BubbleExample {
  private static final long MILLI = 1_000_000;

  private final List<Wait> waits = new ArrayList<>();
  private final List<CpuSample> cpu = new ArrayList<>();
  private final long seconds;
  double machine = 0.3;

  BubbleExample(long seconds) {
    this.seconds = seconds;
  }

  /** Sixteen threads that wait for a lock whose holder asks another server. */
  static BubbleExample lock(long seconds) {
    BubbleExample example = new BubbleExample(seconds);
    Trace waits = stack("com.example.shop.Order", "place", 12);
    Trace asks = stack("com.example.shop.Order", "ask", 30);
    for (long at = 0; at < seconds * 1000 - 200; at += 20) {
      example.add(WaitKind.SOCKET_READ, at, 20, at / 20 % 16, 0, "prices.local:9000", asks);
      for (int other = 1; other < 16; other += 5) {
        long thread = (at / 20 + other) % 16;
        example.add(WaitKind.MONITOR, at, 19, thread, at / 20 % 16, "java.lang.Object", waits);
      }
      example.cpu.add(new CpuSample(at * MILLI, 2 * MILLI, "worker", waits, at / 20 % 16));
    }
    return example;
  }

  void add(
      WaitKind kind, long at, long millis, long thread, long owner, String detail, Trace trace) {
    long id = thread + 1;
    long holder = owner == thread ? 0 : owner + 1;
    waits.add(
        new Wait(
            kind, at * MILLI, millis * MILLI, "worker-" + id, false, detail, trace, id, holder));
  }

  static Trace stack(String type, String method, int line) {
    return new Trace(
        List.of(
            new Frame(type, method, line, Frame.Kind.JAVA),
            new Frame("sun.net.httpserver.ServerImpl$Exchange", "run", 871, Frame.Kind.JAVA),
            new Frame(
                "java.util.concurrent.ThreadPoolExecutor", "runWorker", 1090, Frame.Kind.JAVA),
            new Frame("java.lang.Thread", "run", 1474, Frame.Kind.JAVA)),
        false);
  }

  Bubbles bubbles(double inFlight) {
    List<Counters> counters = new ArrayList<>();
    for (long second = 0; second <= seconds; second++) {
      counters.add(new Counters(second * 1000 * MILLI, machine, 0, machine, -1, -1, -1));
    }
    Recording recording =
        new Recording(
            Instant.EPOCH,
            Duration.ofSeconds(seconds),
            waits.size(),
            new JvmNames("", "", "", 0),
            cpu,
            0,
            waits,
            List.of(),
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
    return Bubbles.of(
        recording, parties(), Duration.ofMillis(Math.round(inFlight * seconds * 1000)));
  }

  static Parties parties() {
    return Parties.of(List.of("com.example"), "", Path.of("."));
  }

  String page(double inFlight) {
    return BubblePage.of(
        bubbles(inFlight), parties(), "the shop", Instant.EPOCH, List.of("bubble"), List.of());
  }
}
