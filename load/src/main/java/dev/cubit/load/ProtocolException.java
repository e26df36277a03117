package dev.cubit.load;

/**
 * A response that breaks HTTP; the message says how. Without a stack trace: it is counted, not
 * thrown far.
 */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  ProtocolException(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
