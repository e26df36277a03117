package dev.cubit.cli;

import java.util.List;

/** A command of the command line, after its options were read. */
interface CubitCommand {
  /**
   * Does what was asked.
   *
   * @param typed the words after {@code cubit}
   * @return the exit code, see {@link Exit}
   * @throws CliException with the sentence for the user
   */
  int run(Words words, List<String> typed, Terminal terminal)
      throws CliException, InterruptedException;
}
