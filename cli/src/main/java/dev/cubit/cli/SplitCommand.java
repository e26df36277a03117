package dev.cubit.cli;

import dev.cubit.scale.SplitLine;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code cubit split}: one partition becomes two, while requests go on. */
@Command(
    name = "split",
    header = "Split a partition by range in two, while its keys are read and written.",
    description = {
      "",
      "KEY is the first one of the new, upper partition, as A-L at F: A-E stays where it is, F-L"
          + " gets clones of its own, and the environment of A-L with what --env says. The"
          + " service's move: command, see docs/services.md, copies the keys while requests go on;"
          + " for its last round requests for these keys wait. Then both are written into the file,"
          + " requests go to the new partition, and the keys are removed where they were.",
      "",
      "What fails before the file is written leaves all as it was. Once begun it goes on where"
          + " this command is ended."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit partitions products            where would both halves carry the same load?",
      "  cubit split products A-L at F --env DATABASE_URL=jdbc:sqlite:data/products-3.db --dry-run",
      "  cubit split products A-L at F --env DATABASE_URL=jdbc:sqlite:data/products-3.db",
      "",
      "Exit codes: 0 done, 2 wrong usage or nothing is up, 3 it could not be done."
    })
final class SplitCommand implements CubitCommand {
  private static final JsonMapper JSON = new JsonMapper();

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(index = "0", paramLabel = "SERVICE", description = "A service with ranges.")
  String service = "";

  @Parameters(index = "1", paramLabel = "PARTITION", description = "The one to split, as A-L.")
  String partition = "";

  @Parameters(index = "2", paramLabel = "at", description = "This word.")
  String word = "";

  @Parameters(index = "3", paramLabel = "KEY", description = "The first key that moves, as F.")
  String key = "";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "What is different in the environment of the new one; its database above all.")
  Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = {"--hold-at-most"},
      paramLabel = "TIME",
      converter = Durations.Seconds.class,
      description =
          "How long requests for the moving keys may wait; then it is given up." + " Default: 10s.")
  Duration holdAtMost = Duration.ofSeconds(10);

  @Option(
      names = {"--dry-run"},
      description = "Only say what would be done.")
  boolean dryRun;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    if (!word.equals("at")) {
      throw CliException.usage(
          "at which key? cubit split %s %s at KEY, not '%s'".formatted(service, partition, word));
    }
    Map<String, Object> asked =
        Map.of(
            "partition", partition,
            "at", key,
            "environment", environment,
            "holdAtMostMillis", holdAtMost.toMillis(),
            "dryRun", dryRun);
    try (ControlClient up = system.connect()) {
      if (dryRun) {
        tell(
            JSON.treeToValue(
                up.send("POST", Operation.path(service, "split"), asked), SplitLine.class),
            terminal.out());
      } else {
        Operation.ask(up, terminal, "POST", Operation.path(service, "split"), asked);
        terminal.out().println(partition + " of " + service + " is split at " + key);
      }
      return Exit.OK;
    } catch (ScaleException e) {
      throw CheckCommand.refused(e, "nothing would be changed", terminal);
    }
  }

  private static void tell(SplitLine plan, PrintStream out) {
    out.println(
        "%s of %s would be split into"
            .formatted(Terminal.oneLine(plan.partition()), plan.service()));
    out.println("  %s, %s, where they are".formatted(plan.kept().name(), keys(plan.kept())));
    out.println("  %s, %s, with".formatted(plan.added().name(), keys(plan.added())));
    plan.environment()
        .forEach((name, value) -> out.println("    " + Terminal.oneLine(name + "=" + value)));
    out.println("by");
    out.println("  " + Terminal.oneLine(String.join(" ", plan.move())));
    out.println("and in " + plan.file());
    plan.lines().forEach(line -> out.println("  " + Terminal.oneLine(line)));
  }

  private static String keys(SplitLine.Part part) {
    String from = part.from().isEmpty() ? "the first" : part.from();
    return part.to().isEmpty()
        ? "the keys from %s on".formatted(from)
        : "the keys from %s to the last that begins with %s".formatted(from, part.to());
  }
}
