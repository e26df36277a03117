package dev.cubit.diagnose.recording;

import dev.cubit.diagnose.recording.Recording.Allocation;
import dev.cubit.diagnose.recording.Recording.HeapLook;
import dev.cubit.diagnose.recording.Recording.Pause;
import java.util.stream.Stream;

/**
 * The part of a recording in which there was load, in nanoseconds since its start; what lies
 * outside of it is shown but not judged.
 */
public record Window(long from, long to) {
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
