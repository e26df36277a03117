package dev.cubit.scale;

/** What the user can mend; the message is the sentence that the user reads. */
public final class ScaleException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the sentence for the user. */
  public ScaleException(String sentence) {
    super(sentence);
  }

  /** With the sentence for the user, and where it came from. */
  public ScaleException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
