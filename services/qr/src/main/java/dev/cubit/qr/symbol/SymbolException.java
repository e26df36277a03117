package dev.cubit.qr.symbol;

import java.io.Serial;

/** No symbol is as it was asked for. The message is a sentence for the user. */
public final class SymbolException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What has to change. */
  public enum Fault {
    TEXT,
    VERSION,
    LEVEL,
    MASK,
    MICRO,
    ECI,
    PARTS
  }

  private final Fault fault;
  private final String sentence;

  /** Clients cause these at will, so no stack trace is collected. */
  SymbolException(Fault fault, String sentence) {
    super(sentence, null, false, false);
    this.fault = fault;
    this.sentence = sentence;
  }

  /** What has to change. */
  public Fault fault() {
    return fault;
  }

  /** Never repeats the text. */
  @Override
  public String getMessage() {
    return sentence;
  }
}
