package dev.cubit.cli;

import dev.cubit.scale.topology.FirstTopology;
import dev.cubit.scale.topology.ScaleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit init}: a file to begin with. */
@Command(
    name = "init",
    header = "Write a commented cubit.yaml for a command.",
    description = {
      "",
      "The service is named for the command's jar, script or program. A file that is there is left"
          + " as it is."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit init -- java -jar server.jar",
      "  cubit init -f shop/cubit.yaml -- node server.js --port '{port}'",
      "",
      "Exit codes: 0 written, 2 there is a file already, or there is no command."
    })
final class InitCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The file. Default: cubit.yaml.")
  Path file = Path.of("cubit.yaml");

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    if (words.command().isEmpty() || words.command().getFirst().isBlank()) {
      throw CliException.usage(
          "what is to be run? cubit init -- COMMAND, as cubit init -- java -jar server.jar");
    }
    if (Files.exists(file)) {
      throw CliException.usage(file + " is there already: name another with -f, or remove it");
    }
    try {
      Output.write(file, FirstTopology.of(words.command()));
    } catch (ScaleException e) {
      throw new CliException(Exit.USAGE, e);
    }
    terminal.out().println("wrote " + file + ": look it over, then cubit check");
    return Exit.OK;
  }
}
