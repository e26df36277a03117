package dev.cubit.qr;

import java.io.Serial;

/** The text of a request cannot become a QR code. The message is what the client is told. */
final class DataException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;

  /**
   * Clients cause these at will, so no stack trace is collected.
   *
   * @param sentence goes into JSON as it is: neither quotes nor what a client sent
   */
  DataException(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
