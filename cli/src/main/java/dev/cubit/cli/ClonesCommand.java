package dev.cubit.cli;

import dev.cubit.scale.control.ControlClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cubit clones}: more or fewer of them. */
@Command(
    name = "clones",
    header = "Change how many clones services have, while they run.",
    description = {
      "",
      "Of each version in each partition. It holds until the number in the file is changed, or the"
          + " system is started again."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit clones qr=4",
      "  cubit clones products=3 cart=1",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing is up, 3 a new clone does not get ready."
    })
final class ClonesCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(
      paramLabel = "SERVICE=N",
      arity = "1..*",
      description = "How many are wanted of which.")
  Map<String, Integer> wanted = new LinkedHashMap<>();

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      for (Map.Entry<String, Integer> one : wanted.entrySet()) {
        Operation.ask(
            up,
            terminal,
            "PUT",
            Operation.path(one.getKey(), "clones"),
            Map.of("clones", one.getValue()));
        terminal
            .out()
            .println(
                one.getKey()
                    + " has "
                    + one.getValue()
                    + (one.getValue() == 1 ? " clone" : " clones"));
      }
      return Exit.OK;
    }
  }
}
