package dev.cubit.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit completion}: what the TAB key needs to know. */
@Command(
    name = "completion",
    header = "Print the completion script for bash or zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(cubit completion bash)              for this shell",
      "  cubit completion bash > /etc/bash_completion.d/cubit",
      "  cubit completion zsh > ~/.zsh/cubit && echo 'source ~/.zsh/cubit' >> ~/.zshrc"
    })
final class CompletionCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "bash|zsh",
      arity = "0..1",
      description = "The shell. One script serves both.")
  String shell = "bash";

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw CliException.usage("there is completion for bash and zsh, not for '" + shell + "'");
    }
    CommandLine cubit = Cubit.commandLine();
    terminal.out().print(AutoComplete.bash("cubit", cubit));
    return Exit.OK;
  }
}
