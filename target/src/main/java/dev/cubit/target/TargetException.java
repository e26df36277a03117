package dev.cubit.target;

import java.util.List;

/** A target that cannot be started; the message is the sentence that the user reads. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> lastOutput;

  TargetException(String message, List<String> lastOutput) {
    super(message);
    this.lastOutput = List.copyOf(lastOutput);
  }

  /** The last lines that it wrote, at most 20; empty where it wrote none. */
  public List<String> lastOutput() {
    return lastOutput;
  }
}
