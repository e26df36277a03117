package dev.cubit.load.requests;

/** A URL or a file of requests that cannot be used; the message says what is wrong, and where. */
public final class RequestFileException extends Exception {
  private static final long serialVersionUID = 1L;

  public RequestFileException(String message) {
    super(message);
  }
}
