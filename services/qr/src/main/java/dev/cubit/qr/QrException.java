package dev.cubit.qr;

import java.io.Serial;

/** Something the user can mend. The message is the sentence to show. */
final class QrException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A word or variable that makes no sense. */
  static final int USAGE = 2;

  /** The address cannot be had. */
  static final int ADDRESS = 3;

  private final int exitCode;
  private final String sentence;

  QrException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  /** {@link #USAGE} or {@link #ADDRESS}. */
  int exitCode() {
    return exitCode;
  }
}
