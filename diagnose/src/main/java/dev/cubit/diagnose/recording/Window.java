package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.Counters;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.Pause;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a recording in which there was load, in nanoseconds since its start; what lies
 * outside of it is shown but not judged.
 */
public record Window(long from, long to) {
  private static final long JUST_STARTED_NANOS = 5_000_000_000L;
  private static final double STARTING_CLASSES_A_SECOND = 200;
  private static final double LEAST_LEFT = 0.3;

  public Window {
    if (to <= from) {
      throw new IllegalArgumentException("a window ends after it begins: " + from + " to " + to);
    }
  }

  /** All of it. What began before the recording did, as a collection may have, is in it too. */
  public static Window whole(Recording recording) {
    long from =
        Stream.of(
                recording.heap().stream().mapToLong(HeapLook::at),
                recording.pauses().stream().mapToLong(Pause::at),
                recording.allocations().stream().mapToLong(Allocation::at))
            .flatMapToLong(at -> at)
            .min()
            .orElse(0);
    long begin = Math.min(0, from);
    return new Window(begin, begin + Math.max(1, recording.length().toNanos()));
  }

  /**
   * What a recording from elsewhere says of the load: without the start of the JVM, where it has
   * that and goes on for long enough. A JVM that starts loads classes as no load makes it do.
   */
  public static Window afterStart(Recording recording) {
    Window whole = whole(recording);
    if (recording.jvm().startNanosBefore() > JUST_STARTED_NANOS) {
      return whole;
    }
    long ready = whole.from;
    @Nullable Counters last = null;
    for (Counters now : recording.counters()) {
      if (now.loadedClasses() < 0) {
        continue;
      }
      if (last != null
          && now.loadedClasses() - last.loadedClasses()
              > STARTING_CLASSES_A_SECOND * (now.at() - last.at()) / 1e9) {
        ready = now.at();
      }
      last = now;
    }
    boolean enough = whole.to - ready > LEAST_LEFT * (whole.to - whole.from);
    return enough ? new Window(ready, whole.to) : whole;
  }

  /** Its length. */
  public double seconds() {
    return (to - from) / 1e9;
  }

  /** True for a moment in it. */
  public boolean has(long at) {
    return at >= from && at <= to;
  }

  /** Which of so many equal parts, from 0; what lies outside belongs to the nearest. */
  public int part(long at, int parts) {
    double share = (double) (at - from) / (to - from);
    return (int) Math.clamp(share * parts, 0, parts - 1);
  }
}
