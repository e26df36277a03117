package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit promote}: the canary becomes the only one. */
@Command(
    name = "promote",
    header = "Make one version of a service the only one.",
    description = {
      "",
      "The clones of its other versions are drained and ended. cubit rollback undoes it; in the"
          + " file all versions stay until you take them out."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit promote shop green",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing is up, 3 it could not be done."
    })
final class PromoteCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(index = "0", paramLabel = "SERVICE", description = "A service with versions.")
  String service = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "The one that stays.")
  String version = "";

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      Operation.ask(
          up, terminal, "POST", Operation.path(service, "promote"), Map.of("version", version));
      terminal.out().println(service + " is " + version + " only");
      return Exit.OK;
    }
  }
}
