package dev.cubit.observe;

import java.io.Serial;

/** A setting of this room that the user can mend. The message is the sentence to show. */
public final class ObserveException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  ObserveException(String sentence) {
    super(sentence);
  }
}
