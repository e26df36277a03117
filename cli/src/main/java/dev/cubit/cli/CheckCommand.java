package dev.cubit.cli;

import dev.cubit.scale.topology.ScaleException;
import dev.cubit.scale.topology.Topology;
import dev.cubit.scale.topology.TopologyFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cubit check}: is the file right? */
@Command(
    name = "check",
    header = "Check a cubit.yaml, and say what it would run.",
    description = {
      "",
      "All that is wrong is told at once, each with file, line and column, and what to do.",
      "Variables in it come from the environment and the file .env beside it."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit check                              the cubit.yaml of this folder",
      "  cubit check -f examples/shop/cubit.yaml",
      "  cubit check --json",
      "",
      "Exit codes: 0 the file is right, 2 it is not, or is not there."
    })
final class CheckCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The file. Default: cubit.yaml.")
  Path file = Path.of("cubit.yaml");

  @Option(
      names = {"-j", "--json"},
      description = "Print the result as one line of JSON, see docs/json.md.")
  boolean json;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try {
      Topology topology = TopologyFile.read(file, System.getenv());
      terminal
          .out()
          .print(
              json
                  ? TopologyOverview.json(topology) + "\n"
                  : TopologyOverview.text(file.toString(), topology));
      return Exit.OK;
    } catch (ScaleException e) {
      if (json) {
        terminal.out().println(TopologyOverview.json(e));
      } else if (e.problems().isEmpty()) {
        throw new CliException(Exit.USAGE, e);
      } else {
        tell(e, terminal);
      }
      return Exit.USAGE;
    }
  }

  /** A line of each that is wrong in a file, as compilers write it. */
  private static void tell(ScaleException wrong, Terminal terminal) {
    wrong.problems().forEach(p -> terminal.err().println(Terminal.oneLine(p.text())));
  }

  /**
   * Why something was not begun. What is wrong in a file is printed, line by line.
   *
   * @param so what came of it
   */
  static CliException refused(ScaleException why, String so, Terminal terminal) {
    if (why.problems().isEmpty()) {
      return new CliException(Exit.USAGE, why);
    }
    tell(why, terminal);
    return CliException.usage(so + ", as the file is wrong");
  }
}
