package dev.cubit.cli;

import dev.cubit.measure.MeasureException;
import dev.cubit.measure.Run;
import dev.cubit.measure.RunStore;
import dev.cubit.report.RunJson;
import dev.cubit.report.RunText;
import dev.cubit.report.RunsReport;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cubit runs}: what is kept. */
@Command(
    name = "runs",
    header = "List, show and remove the runs that are kept.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit runs                       what is kept in .cubit/runs, the latest first",
      "  cubit runs show latest",
      "  cubit runs show latest --json",
      "  cubit runs rm before after",
      "",
      "Exit codes: 0 done, 2 wrong usage or no such run."
    })
final class RunsCommand implements CubitCommand {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|show|rm",
      description = "What to do. Default: list.")
  String action = "list";

  @Parameters(index = "1..*", paramLabel = "NAME", description = "The runs, for show and rm.")
  List<String> names = new ArrayList<>();

  @Option(
      names = {"-j", "--json"},
      description = "Print JSON, see docs/json.md.")
  boolean json;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    RunStore store = RunStore.here();
    try {
      switch (action) {
        case "list" -> list(store, terminal);
        case "show" -> show(store, terminal);
        case "rm", "remove" -> {
          for (String name : named()) {
            terminal.out().println("removed " + store.remove(name));
          }
        }
        default -> throw CliException.usage("'" + action + "' is none of list, show and rm");
      }
      return Exit.OK;
    } catch (MeasureException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private void list(RunStore store, Terminal terminal) throws CliException, MeasureException {
    if (!names.isEmpty()) {
      throw CliException.usage("list takes no names: cubit runs show NAME shows one");
    }
    RunStore.Listing listing = store.list();
    terminal
        .out()
        .print(
            json
                ? RunsReport.json(listing) + "\n"
                : RunsReport.text(listing, ZoneId.systemDefault(), terminal.colour()));
    listing.skipped().forEach(terminal::note);
  }

  private void show(RunStore store, Terminal terminal) throws CliException, MeasureException {
    for (String name : named()) {
      Run run = store.load(name);
      terminal
          .out()
          .print(
              json
                  ? RunJson.of(run, List.of()) + "\n"
                  : new RunText(terminal.colour(), true, true).of(run, List.of()));
    }
  }

  private List<String> named() throws CliException {
    if (names.isEmpty()) {
      throw CliException.usage("which run? cubit runs lists them");
    }
    return names;
  }
}
