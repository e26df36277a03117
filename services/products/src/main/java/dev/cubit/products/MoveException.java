package dev.cubit.products;

import java.io.Serial;

/** A move that would lose something, or cannot go on. The message is the sentence to show. */
final class MoveException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MoveException(String sentence) {
    super(sentence);
  }
}
