package dev.cubit.qr.image;

import java.io.Serial;

/** The picture is too small for the symbol. The message is the sentence for the user. */
public final class ImageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String sentence;

  /** Clients cause these at will, so no stack trace is collected. */
  ImageException(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
