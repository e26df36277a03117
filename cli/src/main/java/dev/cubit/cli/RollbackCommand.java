package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit rollback}: the promotion undone. */
@Command(
    name = "rollback",
    header = "Undo the last promotion of a service.",
    description = {
      "",
      "The versions that it ended are started again. Without a promotion the first version in the"
          + " file becomes the only one: the canary is taken back."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit rollback shop",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing is up, 3 it could not be done."
    })
final class RollbackCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(index = "0", paramLabel = "SERVICE", description = "A service with versions.")
  String service = "";

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      Operation.ask(up, terminal, "POST", Operation.path(service, "rollback"));
      terminal.out().println(service + " is rolled back");
      return Exit.OK;
    }
  }
}
