package dev.cubit.diagnose.recording;

import java.util.List;

/**
 * A stack. Equal stacks of one recording are the same object.
 *
 * @param frames the top first; empty where the JVM could not walk it
 * @param truncated true where the bottom is missing
 */
public record Trace(List<Frame> frames, boolean truncated) {
  /** Of what has none. */
  public static final Trace NONE = new Trace(List.of(), false);

  public Trace {
    frames = List.copyOf(frames);
  }
}
