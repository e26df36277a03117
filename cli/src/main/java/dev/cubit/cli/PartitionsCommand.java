package dev.cubit.cli;

import dev.cubit.scale.MoveLine;
import dev.cubit.scale.PartitionLine;
import dev.cubit.scale.control.ControlClient;
import dev.cubit.scale.topology.ScaleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code cubit partitions}: what each carries. */
@Command(
    name = "partitions",
    header = "Show what the partitions of a service carry, and where to split them.",
    description = {
      "",
      "SHARE is of the recent requests with a key; a request without one counts in the REQUESTS of"
          + " each partition. KEYS is how many different ones were asked for, about."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  cubit partitions products",
      "  cubit partitions products --json",
      "  cubit partitions products --dry-run   after a change of the file, before cubit reload",
      "",
      "Exit codes: 0 shown, 2 nothing is up, or there is no such service."
    })
final class PartitionsCommand implements CubitCommand {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_HOT = 3;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin SystemOptions system = new SystemOptions();

  @Parameters(index = "0", paramLabel = "SERVICE", description = "A service with partitions.")
  String service = "";

  @Option(
      names = {"-j", "--json"},
      description = "Print one line of JSON, see docs/control.md.")
  boolean json;

  @Option(
      names = {"--dry-run"},
      description =
          "Say which keys would get another owner if the file as it is now were applied by cubit"
              + " reload; nothing is changed. Their data has to be moved first.")
  boolean dryRun;

  @Override
  public int run(Words words, List<String> typed, Terminal terminal) throws CliException {
    try (ControlClient up = system.connect()) {
      JsonNode answer = up.get(Operation.path(service, dryRun ? "moves" : "partitions"));
      if (json) {
        terminal.out().println(JSON.writeValueAsString(answer));
        return Exit.OK;
      }
      if (dryRun) {
        terminal.out().print(moves(List.of(JSON.treeToValue(answer, MoveLine[].class))));
        return Exit.OK;
      }
      PartitionLine[] lines = JSON.treeToValue(answer, PartitionLine[].class);
      if (lines.length == 0) {
        throw CliException.usage("the service '" + service + "' has no partitions");
      }
      terminal.out().print(text(List.of(lines)));
      return Exit.OK;
    } catch (ScaleException e) {
      throw new CliException(Exit.USAGE, e);
    }
  }

  private static String moves(List<MoveLine> lines) {
    if (lines.isEmpty()) {
      return "no key moves\n";
    }
    if (lines.stream().anyMatch(MoveLine::isEverything)) {
      return "every key may get another owner, as keys are found otherwise in the file\n";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("FROM", "TO", "KEYS"));
    for (MoveLine line : lines) {
      rows.add(List.of(owner(line.from()), owner(line.to()), keys(line)));
    }
    return Columns.of(rows);
  }

  private static String owner(String partition) {
    return partition.isEmpty() ? "nobody" : partition;
  }

  private static String keys(MoveLine line) {
    return line.share()
        .map(share -> String.format(Locale.ROOT, "%.1f %% of all, by hash", 100 * share))
        .orElseGet(
            () ->
                (line.first().isEmpty() ? "all" : "from " + Terminal.oneLine(line.first()))
                    + line.end().map(end -> " to before " + Terminal.oneLine(end)).orElse(""));
  }

  private static String text(List<PartitionLine> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "PARTITION",
            "CLONES",
            "REQUESTS",
            "ERRORS",
            "P50",
            "P99",
            "SHARE",
            "KEYS",
            "HOTTEST",
            "SPLIT AT"));
    for (PartitionLine line : lines) {
      rows.add(
          List.of(
              line.partition(),
              Integer.toString(line.endpoints()),
              String.format(Locale.ROOT, "%,d", line.requests()),
              String.format(Locale.ROOT, "%,d", line.errors()),
              StatusText.millis(line.p50Millis()),
              StatusText.millis(line.p99Millis()),
              percent(line.share()),
              String.format(Locale.ROOT, "%,d", line.keys()),
              line.hottest().stream()
                  .limit(MOST_HOT)
                  .map(hot -> Terminal.oneLine(hot.key()) + " " + percent(hot.share()))
                  .collect(Collectors.joining(", ")),
              line.split()
                  .map(s -> Terminal.oneLine(s.at()) + " (" + percent(s.lower()) + " below)")
                  .orElse("-")));
    }
    return Columns.of(rows);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
