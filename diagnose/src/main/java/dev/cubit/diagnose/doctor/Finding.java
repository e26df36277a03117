package dev.cubit.diagnose.doctor;

import dev.cubit.diagnose.recording.Frame;
import java.util.List;

/**
 * One cause that holds, with its evidence.
 *
 * @param share how much it explains of a request's time, or of the machine's CPU, 0 to 1
 * @param headline one sentence: what it is here, with its names
 * @param facts what was measured, in the order to read it
 * @param stacks where it happens
 */
public record Finding(
    Cause cause, double share, String headline, List<Fact> facts, List<Stack> stacks) {
  public Finding {
    facts = List.copyOf(facts);
    stacks = List.copyOf(stacks);
  }

  /** One thing that was measured. */
  public record Fact(String name, String value) {}

  /**
   * One stack.
   *
   * @param title what it is of
   * @param frames the top first
   */
  public record Stack(String title, List<Frame> frames) {
    public Stack {
      frames = List.copyOf(frames);
    }
  }

  /** How much it hurts. */
  public Severity severity() {
    if (cause == Cause.HEALTHY || cause == Cause.UNKNOWN) {
      return Severity.NONE;
    }
    return share >= 0.5 ? Severity.HIGH : share >= 0.25 ? Severity.MEDIUM : Severity.LOW;
  }

  /** How much a finding hurts: by the share of the time that it explains, a half and a quarter. */
  public enum Severity {
    NONE,
    LOW,
    MEDIUM,
    HIGH
  }
}
