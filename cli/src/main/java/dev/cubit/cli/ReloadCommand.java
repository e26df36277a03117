package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit reload}: new processes in the place of the old, without losing a request. */
@Command(
    name = "reload",
    header = "Replace the clones of services one by one, or take a changed file.",
    description = {
      "",
      "Each new clone is started, ready and checked before the old one is drained and ended. Where"
          + " one does not get ready, all is as before, and its last lines are shown.",
      "Without a SERVICE the file is read again, and only what has changed in it is touched."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit reload qr                         the clones of qr",
      "  cubit reload                            what has changed in cubit.yaml",
      "  cubit reload -f examples/shop/cubit.yaml products cart",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing is up, 3 a new clone does not get ready."
    })
final class ReloadCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(paramLabel = "SERVICE", description = "Whose clones are replaced, one by one.")
  List<String> services = new ArrayList<>();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      if (services.isEmpty()) {
        Operation.ask(up, terminal, "POST", "/v1/reload");
        terminal.out().println("all is as in the file");
      }
      for (String service : services) {
        Operation.ask(up, terminal, "POST", Operation.path(service, "reload"));
        terminal.out().println(service + " is reloaded");
      }
      return Exit.OK;
    }
  }
}
