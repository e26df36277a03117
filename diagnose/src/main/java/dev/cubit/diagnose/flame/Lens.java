package dev.cubit.diagnose.flame;

import dev.cubit.diagnose.jvm.DumpedThread;
import dev.cubit.diagnose.ledger.Activity;
import dev.cubit.diagnose.ledger.Waiting;
import dev.cubit.diagnose.recording.Frame;
import dev.cubit.diagnose.recording.Recording;
import dev.cubit.diagnose.recording.Recording.AsyncProfile;
import dev.cubit.diagnose.recording.Recording.WaitKind;
import dev.cubit.diagnose.recording.Trace;
import dev.cubit.diagnose.recording.Window;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/** What a flame graph weighs stacks by. */
public enum Lens {
  /** Time on a core. */
  CPU("CPU time", "nanoseconds"),
  /**
   * Time of waits, as long as the recording's threshold or longer; of async-profiler, time of
   * threads that it has seen off the core.
   */
  WAIT("waiting", "nanoseconds"),
  ALLOCATION("allocation", "bytes"),
  /** Time of waits for monitors, and of parks in a lock's methods. */
  LOCK("waiting for locks", "nanoseconds");

  private final String title;
  private final String unit;

  Lens(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** As speedscope names units. */
  public String unit() {
    return unit;
  }

  /** Hands over each stack in a part of a recording with its weight. */
  void read(Recording recording, Window window, ObjDoubleConsumer<Trace> to) {
    switch (this) {
      case CPU ->
          recording.cpu().stream()
              .filter(s -> window.has(s.at()))
              .forEach(s -> to.accept(s.trace(), s.weightNanos()));
      case ALLOCATION ->
          recording.allocations().stream()
              .filter(a -> window.has(a.at()))
              .forEach(a -> to.accept(a.trace(), a.weightBytes()));
      case WAIT -> {
        if (recording.async().isPresent()) {
          readAsleep(recording.async().get(), window, to);
        } else {
          recording.waits().stream()
              .filter(w -> window.has(w.at()) && w.kind() != WaitKind.PINNED)
              .filter(w -> !isIdle(w.trace()))
              .forEach(w -> to.accept(w.trace(), w.nanos()));
        }
      }
      case LOCK ->
          recording.waits().stream()
              .filter(w -> window.has(w.at()))
              .filter(w -> w.kind() == WaitKind.MONITOR || isLock(w))
              .forEach(w -> to.accept(w.trace(), w.nanos()));
    }
  }

  /** Looks see all threads: those of the JVM itself, and those that have no work, are left out. */
  private static void readAsleep(AsyncProfile async, Window window, ObjDoubleConsumer<Trace> to) {
    async.asleep().stream()
        .filter(a -> window.has(a.at()) && isAtWork(a.trace()))
        .forEach(a -> to.accept(a.trace(), a.nanos()));
  }

  private static boolean isAtWork(Trace trace) {
    List<Frame> java = trace.frames().stream().dropWhile(f -> f.type().isEmpty()).toList();
    return !java.isEmpty()
        && Waiting.of(java, DumpedThread.State.RUNNABLE).activity() != Activity.IDLE;
  }

  private static boolean isLock(Recording.Wait wait) {
    return wait.kind() == WaitKind.PARK
        && wait.trace().frames().stream()
            .limit(12)
            .anyMatch(
                f ->
                    f.type().startsWith("java.util.concurrent.locks.")
                        && (f.method().startsWith("lock") || f.method().startsWith("tryLock")));
  }

  /** A worker of a pool that waits for work, which no request does. */
  private static boolean isIdle(Trace trace) {
    return trace.frames().stream()
        .limit(12)
        .anyMatch(
            f ->
                f.name().equals("java.util.concurrent.ThreadPoolExecutor.getTask")
                    || f.name().equals("java.util.concurrent.ForkJoinPool.awaitWork")
                    || f.type()
                        .equals("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue")
                    || f.type().equals("java.lang.ref.ReferenceQueue")
                    || f.type().equals("java.util.TimerThread"));
  }
}
