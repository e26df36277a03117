package dev.cubit.scale.control;

/** What is no request; the connection ends with the answer, as what follows cannot be trusted. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  BadRequest(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  ProblemDocument document() {
    return ProblemDocument.of(status, String.valueOf(getMessage()));
  }
}
