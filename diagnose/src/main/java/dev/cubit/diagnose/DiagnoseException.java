package dev.cubit.diagnose;

import org.jspecify.annotations.Nullable;

/** What the user can mend; the message is the sentence that the user reads. */
public final class DiagnoseException extends Exception {
  private static final long serialVersionUID = 1;

  /** With the sentence for the user. */
  public DiagnoseException(String sentence) {
    super(sentence);
  }

  /** With the sentence for the user, and where it came from, if anywhere. */
  public DiagnoseException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
