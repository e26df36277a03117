package dev.cubit.observe;

import java.io.Serial;

/** A setting of this room that the user can mend. The message is the sentence to show. */
public final class ObserveException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;

  ObserveException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /** The sentence; never null. */
  @Override
  public String getMessage() {
    return sentence;
  }
}
