package dev.cubit.server;

import java.io.Serial;

/** Something the user can mend. The message is the sentence to show. */
public final class ServerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A word or variable that makes no sense. */
  public static final int USAGE = 2;

  /** The address cannot be had. */
  public static final int ADDRESS = 3;

  private final int exitCode;
  private final String sentence;

  public ServerException(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
    this.sentence = sentence;
  }

  /** A word or variable that makes no sense. */
  public static ServerException usage(String sentence) {
    return new ServerException(USAGE, sentence);
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  /** {@link #USAGE} or {@link #ADDRESS}. */
  public int exitCode() {
    return exitCode;
  }
}
