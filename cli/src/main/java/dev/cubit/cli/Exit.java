package dev.cubit.cli;

/** What a process of ours tells its caller. */
final class Exit {
  /** Done, and all goals hold. */
  static final int OK = 0;

  /** A goal, a check or a comparison failed. */
  static final int FAILED = 1;

  /** Wrong usage, or a file that is not what it should be. */
  static final int USAGE = 2;

  /** The target failed: it does not start, cannot be reached, or answered nothing. */
  static final int TARGET = 3;

  /** Ctrl-C. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
