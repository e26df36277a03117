package dev.cubit.measure;

/** What the user can mend in what was to be measured or kept; the message says how. */
public final class MeasureException extends Exception {
  private static final long serialVersionUID = 1L;

  public MeasureException(String message) {
    super(message);
  }

  public MeasureException(String message, Throwable cause) {
    super(message, cause);
  }
}
