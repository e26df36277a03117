package dev.cubit.scale.gateway;

/**
 * A message that breaks HTTP, or goes beyond a limit. Without a stack trace: it is thrown at what
 * strangers send, as often as they like.
 */
final class BadMessage extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String sentence;

  /**
   * With what is wrong.
   *
   * @param status that a client is answered with; what an upstream sends is always a 502
   */
  BadMessage(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.sentence = sentence;
  }

  static BadMessage syntax(String sentence) {
    return new BadMessage(400, sentence);
  }

  int status() {
    return status;
  }

  String sentence() {
    return sentence;
  }
}
