package dev.cubit.cli;

/** What ends a command: the sentence that the user reads, and the exit code. */
final class CliException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  CliException(int exitCode, Exception cause) {
    super(cause.getMessage(), cause);
    this.exitCode = exitCode;
  }

  static CliException usage(String message) {
    return new CliException(Exit.USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
