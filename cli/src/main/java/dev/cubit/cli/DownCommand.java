package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cubit down}: the end of a system. */
@Command(
    name = "down",
    header = "End a system that is up.",
    description = {
      "",
      "Takes no more requests, answers those that are under way, ends all clones, and returns when"
          + " nothing is left."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit down",
      "  cubit down -f examples/shop/cubit.yaml",
      "",
      "Exit codes: 0 it has ended, 2 nothing is up."
    })
final class DownCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      Operation.ask(up, terminal, "POST", "/v1/down");
      terminal.out().println("ended");
      return Exit.OK;
    }
  }
}
