package dev.cubit.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit help}: the same page as {@code cubit COMMAND --help}. */
@Command(
    name = "help",
    header = "Show the page of a command.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  cubit help baseline", "  cubit help"})
final class HelpCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "One of the commands. Without it, Cubit's first page.")
  @Nullable String about;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    CommandLine cubit = Cubit.commandLine();
    CommandLine named = about == null ? cubit : cubit.getSubcommands().get(about);
    if (named == null) {
      throw CliException.usage("there is no command '" + about + "': cubit --help lists them");
    }
    Cubit.usage(named, terminal.out(), terminal);
    return Exit.OK;
  }
}
